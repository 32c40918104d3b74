import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consoleEntries,
  consoleRows,
  stackLines,
} from '../../../../../renderer/features/session/panes/console/console-rows.ts';
import {
  type PreviewValue,
  readPreview,
} from '../../../../../renderer/features/session/panes/console/preview-value.ts';
import { withRevealed, withToggled } from '../../../../../renderer/features/session/panes/elements/toggled.ts';
import { preview } from '../../../../../sdk/web/src/capture/preview.ts';
import { GenerationId } from '../../../../../shared/model/identity.ts';
import type { Signal } from '../../../../../shared/model/signal.ts';

/** The value a JSON text stands for, out of its parts: the inverse of taking it apart. */
function rebuilt({ text, parts }: PreviewValue): unknown {
  if (text.startsWith('[')) return (parts ?? []).map(rebuilt);
  if (!text.startsWith('{')) return JSON.parse(text);
  return Object.fromEntries((parts ?? []).map((part) => [JSON.parse(`"${part.name}"`), rebuilt(part)]));
}

describe('a logged value', () => {
  it('is taken apart completely when it is JSON', () => {
    const container = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(container, (value) => {
        const json = JSON.stringify(value);
        const read = readPreview(json);
        expect(read && JSON.stringify(rebuilt(read))).toBe(JSON.stringify(JSON.parse(json)));
      }),
    );
  });
  it('is taken apart as our SDK writes it, with what has no parts as words', () => {
    const text = preview({
      id: 7,
      'data-x': 'a, b',
      fn: function pay() {},
      map: new Map([[1, 2]]),
      deep: { list: [1, 'b'] },
    });
    const read = readPreview(text);
    expect(read?.parts?.map(({ name, text: own }) => [name, own])).toEqual([
      ['id', '7'],
      ['data-x', '"a, b"'],
      ['fn', 'ƒ pay'],
      ['map', 'Map(1)'],
      ['deep', '{list: [1, "b"]}'],
    ]);
    expect(read?.parts?.at(-1)?.parts?.[0]?.parts?.map((part) => part.text)).toEqual(['1', '"b"']);
  });
  it('never fails or hangs on any text, cut off or not', () => {
    const pieces = fc
      .array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', ' ', '…', '1'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(pieces, (text) => {
        const read = readPreview(`{${text}`);
        expect(read?.text.length).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
  it('is left alone when it is no object', () => {
    expect(readPreview('componentWillMount has been renamed')).toBeNull();
  });
});

const generation = GenerationId.parse('g1');
const signal = (id: string, at: number, args: string[], stack: string | null = null): Signal => ({
  id,
  kind: 'console',
  at,
  severity: 'info',
  page: 'https://a.example/',
  text: args.join(' '),
  window: 'w',
  events: [{ generation, seq: 0 }],
  details: { level: 'log', args, stack, action: null, request: null },
});

describe('the console', () => {
  it('counts what is repeated in a row as one', () => {
    const entries = consoleEntries([
      signal('s0', 1, ['a']),
      signal('s1', 2, ['a']),
      signal('s2', 3, ['b']),
      signal('s3', 4, ['a']),
    ]);
    expect(entries.map(({ id, text, repeats }) => [id, text, repeats])).toEqual([
      ['s0', 'a', 2],
      ['s2', 'b', 1],
      ['s3', 'a', 1],
    ]);
  });
  it('shows the parts of what is open, and nothing of what is not', () => {
    const entries = consoleEntries([signal('s0', 1, ['cart', '{items: [1, 2]}'], 'Error\n    at pay (app.js:1:2)')]);
    expect(consoleRows(entries, new Set()).map(({ open }) => open)).toEqual([false]);
    const rows = consoleRows(entries, new Set(['s0', 's0/0', 's0/0/0']));
    expect(rows.map(({ depth, content }) => [depth, content.kind === 'message' ? 'cart' : content.text])).toEqual([
      [0, 'cart'],
      [1, '{items: [1, 2]}'],
      [2, '[1, 2]'],
      [3, '1'],
      [3, '2'],
      [1, 'at pay (app.js:1:2)'],
    ]);
  });
  it('keeps of a stack what names a place, in the words of every browser', () => {
    expect(stackLines('TypeError: x\n    at f (a.js:1:2)\n    at b.js:3:4')).toEqual([
      'at f (a.js:1:2)',
      'at b.js:3:4',
    ]);
    expect(stackLines('f@https://a/b.js:1:2\n@https://a/c.js:3:4')).toEqual([
      'f@https://a/b.js:1:2',
      '@https://a/c.js:3:4',
    ]);
    expect(stackLines(null)).toEqual([]);
  });
});

describe('what is open in a tree', () => {
  it('is turned over one by one', () => {
    expect(withToggled([1, 2], 2)).toEqual([1]);
    expect(withToggled([1], 2)).toEqual([1, 2]);
  });
  it('is opened down to a node, whether its parents are open by default or not', () => {
    const path = [
      { id: 1, byDefault: true },
      { id: 2, byDefault: true },
      { id: 3, byDefault: false },
      { id: 4, byDefault: false },
    ];
    expect(withRevealed([2, 9], path)).toEqual([9, 3]);
  });
});
