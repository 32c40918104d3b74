import { expect, test } from 'vitest';
import { ToWorkbench } from '../../../shared/ipc/frame-messages.ts';
import { openReplayApp } from '../../support/replay-app.ts';
import { fullSnapshot, incremental, meta, mutation, nodeFactory } from '../../support/replay-page.ts';
import { recordedPage } from '../../support/session-page.ts';

const { element, text, page: recorded } = nodeFactory();

test('a recording shows its page at each time, seeks both ways, outlines a node, says what it blocked and repaired', async () => {
  const body = [
    element('p', {}, [text('first')]),
    element('div', { style: 'height:3000px' }),
    element('button', { id: 'pay', 'data-n': '1' }, [text('Pay')]),
    element('img', { src: 'https://cdn.example/a.png' }),
  ];
  const replay = await openReplayApp([
    meta(1000),
    fullSnapshot(1010, recorded([], body)),
    mutation(2000, { texts: [{ id: 7, value: 'second' }] }),
    { type: 99, timestamp: 2500, data: {} },
    mutation(3000, { texts: [{ id: 7, value: 'third' }], removes: [{ parentId: 5, id: 11 }] }),
    incremental(4000, { source: 1, positions: [{ x: 30, y: 40, id: 6, timeOffset: 0 }] }),
  ]);
  try {
    const { page } = replay;
    await replay.open();
    const paragraph = recordedPage(page).locator('p');
    const textAt = async (atMs: number): Promise<string> => {
      await replay.seek(atMs);
      return paragraph.innerText();
    };
    expect([await textAt(500), await textAt(1000), await textAt(2500), await textAt(1500), await textAt(0)]).toEqual([
      'first',
      'second',
      'third',
      'second',
      'first',
    ]);

    await replay.seek(500);
    const frame = await replay.frame();
    await replay.tell({ type: 'highlight', node: 9 });
    await frame.waitForSelector('.tf-highlight:not([hidden])');
    const boxes = await frame.evaluate(() => {
      const inner = document.querySelector<HTMLIFrameElement>('.replayer-wrapper iframe');
      const button = inner?.contentDocument?.querySelector('#pay')?.getBoundingClientRect();
      const outline = document.querySelector<HTMLElement>('.tf-highlight')?.style;
      return {
        button: [button?.left, button?.top],
        outline: [outline?.left, outline?.top],
        height: inner?.clientHeight,
      };
    });
    expect(boxes.outline).toEqual(boxes.button.map((edge) => `${edge}px`));
    expect(boxes.button[1]).toBeLessThan(boxes.height ?? 0);
    await replay.tell({ type: 'highlight', node: null });
    await frame.waitForSelector('.tf-highlight', { state: 'hidden' });

    await replay.seek(3000);
    await expect.poll(() => frame.locator('.replayer-mouse').getAttribute('style')).toMatch(/left: 30px; top: 40px/);

    const messages = (await replay.messages()).map((raw) => ToWorkbench.parse(raw));
    expect(messages.find(({ type }) => type === 'opened')).toMatchObject({ durationMs: 3000 });
    expect(messages.find(({ type }) => type === 'viewport')).toMatchObject({ width: 800, height: 600 });
    expect(messages.findLast(({ type }) => type === 'blocked')).toMatchObject({ urls: ['https://cdn.example/a.png'] });
    expect(messages.find(({ type }) => type === 'repaired')).toMatchObject({
      reasons: [{ reason: 'unknown event type', count: 1 }],
    });
  } finally {
    await replay.close();
  }
});

test('a recording without a full snapshot says why there is nothing to see', async () => {
  const replay = await openReplayApp([
    meta(1000),
    mutation(1500, { texts: [{ id: 7, value: 'x' }] }),
    incremental(2000, { source: 1, positions: [{ x: 5, y: 5, id: 4, timeOffset: 0 }] }),
  ]);
  try {
    await replay.open();
    expect(
      (await replay.messages()).map((raw) => ToWorkbench.parse(raw)).find(({ type }) => type === 'failed'),
    ).toEqual({
      type: 'failed',
      reason: expect.stringContaining('no full snapshot'),
    });
  } finally {
    await replay.close();
  }
});
