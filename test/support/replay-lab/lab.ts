// The page that tests of the replay run in: the frame's own parts, without worker and ports, and stock rrweb beside them.
import '../../../renderer/frame/frame.css';
import { Replayer } from '@rrweb/replay';
import type { eventWithTime } from '@rrweb/types';
import { type Applier, createApplier } from '../../../renderer/frame/applier.ts';
import { createMirror, type Mirror } from '../../../renderer/frame/mirror-client.ts';
import { createMirrorService } from '../../../renderer/frame/mirror-service.ts';
import { createStrictPolicy } from '../../../shared/replay/sanitise.ts';
import { trustingPolicy } from '../replay-tree.ts';
import { describePage } from './describe-page.ts';

interface TestReplay {
  readonly mirror: Mirror;
  readonly applier: Applier;
  show(atMs: number, jump: boolean): Promise<void>;
}

/** A place for one replay, all at the same spot: Chromium neither lays out nor loads what lies outside of the window. */
function host(): HTMLElement {
  const place = document.body.appendChild(document.createElement('div'));
  place.style.cssText = 'position:absolute;left:0;top:0';
  return place;
}
const turn = (ms = 0): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function gzip(events: unknown): Promise<Uint8Array> {
  const packed = new Blob([JSON.stringify(events)]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** When a recording begins for stock rrweb: at its earliest event. */
const startOf = (events: readonly { timestamp: number }[]): number =>
  Math.min(...events.map((event) => Number(event.timestamp)).filter(Number.isFinite));

/** Our replay of some events, with or without the sanitiser. */
async function open(events: readonly { timestamp: number }[], sanitise: boolean): Promise<TestReplay> {
  const mirror = createMirror(createMirrorService(sanitise ? createStrictPolicy : () => trustingPolicy));
  const applier = createApplier(host());
  await mirror.open(startOf(events));
  await mirror.add({ generation: 'g', firstSeq: 0 }, await gzip(events));
  return {
    mirror,
    applier,
    async show(atMs, jump) {
      const step = await mirror.step(atMs, jump);
      if (!step) throw new Error('no page');
      await applier.apply(step.events, step.stale);
    },
  };
}

/** A new stock replayer, sought once: what every other way of getting there is measured against. */
async function stock(events: readonly unknown[], atMs: number): Promise<Replayer> {
  const copy = structuredClone(events) as eventWithTime[];
  const options = { root: host(), useVirtualDom: false, mouseTail: false, showWarning: false } as const;
  const replayer = new Replayer(copy, options);
  await turn(20); // stock builds the first page in a timer, and a second time when that comes after a seek
  replayer.pause(atMs + 0.5);
  await turn();
  return replayer;
}

/** Plays hostile events as our player would (seek, seek back, play on) and says what was thrown. */
async function attack(recordings: Record<string, { timestamp: number }[]>, sanitise: boolean): Promise<string[]> {
  const thrown: string[] = [];
  const one = async ([name, events]: [string, { timestamp: number }[]]): Promise<void> => {
    try {
      const replay = await open(events, sanitise);
      for (const [atMs, jump] of [
        [500, true],
        [20, true],
        [500, true],
        [600, false],
        [1000, false],
      ] as const) {
        await replay.show(atMs, jump);
        await turn(30);
      }
    } catch (error) {
      thrown.push(`${name}: ${String(error)}`);
    }
  };
  await Promise.all(Object.entries(recordings).map(one));
  return thrown;
}

function firstDifference(ours: string, stock: string): string {
  let at = 0;
  while (at < ours.length && ours[at] === stock[at]) at++;
  const cut = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  return `ours "${cut(ours)}", stock "${cut(stock)}"`;
}

/** Played stretches are cut into this many frames. */
const FRAMES = 12;

/** Compares our replay with stock's after a seek to the middle, after playing on to the end, and after a seek back. */
async function compare(events: { timestamp: number }[]): Promise<{ lines: number; different: string[] }> {
  const replay = await open(events, true);
  const durationMs = Math.max(...events.map(({ timestamp }) => timestamp)) - startOf(events);
  const different: string[] = [];
  let lines = 0;
  for (const fraction of [0.5, 1, 0]) {
    const atMs = Math.round(durationMs * fraction);
    if (fraction === 1) {
      for (let frame = 1; frame <= FRAMES; frame++) await replay.show((atMs / 2) * (1 + frame / FRAMES), false);
    } else await replay.show(atMs, true);
    await turn();
    const replayer = await stock(events, atMs);
    const ours = describePage(replay.applier.iframe);
    const theirs = describePage(replayer.iframe);
    lines += theirs.length;
    const line = ours.findIndex((text, at) => text !== theirs[at]);
    if (ours.length !== theirs.length || line >= 0) {
      const at = line < 0 ? Math.min(ours.length, theirs.length) : line;
      const [mine = 'nothing', other = 'nothing'] = [ours[at], theirs[at]];
      different.push(`at ${fraction}, line ${at}: ${firstDifference(mine, other)}`);
    }
    const root = replayer.wrapper.parentElement;
    replayer.destroy();
    root?.remove();
  }
  return { lines, different };
}

const lab = { open, attack, compare, turn };
declare global {
  interface Window {
    lab: typeof lab;
  }
}
window.lab = lab;
