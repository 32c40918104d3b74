import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitLane, SLOP_PX } from '../../../../../../renderer/features/session/timeline/hit.ts';
import { labelsOf } from '../../../../../../renderer/features/session/timeline/labels.ts';
import {
  itemAt,
  type Lane,
  type LaneItem,
  neighbourOf,
  rankOf,
  TONES,
} from '../../../../../../renderer/features/session/timeline/lane.ts';
import { formatTick, stepFor, ticksOf } from '../../../../../../renderer/features/session/timeline/ruler.ts';
import { MARK_PX, pixelsOf, runsOf } from '../../../../../../renderer/features/session/timeline/runs.ts';
import {
  clampView,
  fullView,
  isInView,
  MIN_SPAN_MS,
  msAt,
  panView,
  revealView,
  spanOf,
  xOf,
  zoomView,
} from '../../../../../../renderer/features/session/timeline/scale.ts';
import { rowsOf } from '../../../../../../renderer/features/session/timeline/waterfall.ts';

const DURATION_MS = 3_600_000;
/** Steps of a millionth: pointers and clocks are no finer, and what floating point does below that nobody sees. */
const fine = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: Math.round(min * 1e6), max: Math.round(max * 1e6) }).map((millionths) => millionths / 1e6);
const duration = fc.integer({ min: 0, max: DURATION_MS });
const time = fine(-10_000, DURATION_MS + 10_000);
const anyView = fc
  .tuple(time, fine(0, DURATION_MS), duration)
  .map(([fromMs, span, durationMs]) => ({ durationMs, view: clampView({ fromMs, toMs: fromMs + span }, durationMs) }));

describe('the scale', () => {
  it('stays inside the session and never shorter than a millisecond, whatever is done', () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant('zoom' as const),
          atMs: time,
          factor: fine(1e-6, 1e6),
        }),
        fc.record({ kind: fc.constant('pan' as const), byMs: fine(-1e7, 1e7) }),
        fc.record({ kind: fc.constant('reveal' as const), atMs: time }),
      ),
    );
    fc.assert(
      fc.property(duration, steps, (durationMs, actions) => {
        let view = fullView(durationMs);
        for (const action of actions) {
          if (action.kind === 'zoom') view = zoomView(view, durationMs, action.atMs, action.factor);
          else if (action.kind === 'pan') view = panView(view, durationMs, action.byMs);
          else view = revealView(view, durationMs, action.atMs);
          expect(view.fromMs).toBeGreaterThanOrEqual(0);
          expect(view.toMs).toBeLessThanOrEqual(fullView(durationMs).toMs + 1e-6);
          expect(spanOf(view)).toBeGreaterThanOrEqual(MIN_SPAN_MS - 1e-6);
        }
      }),
    );
  });
  it('keeps what is under the pointer under the pointer while it zooms in', () => {
    fc.assert(
      fc.property(anyView, fine(0, 1), fine(0.01, 1), ({ view, durationMs }, share, factor) => {
        const atMs = msAt(view, 1000, share * 1000);
        const closer = zoomView(view, durationMs, atMs, factor);
        expect(xOf(closer, 1000, atMs)).toBeCloseTo(share * 1000, 2);
      }),
    );
  });
  it('comes as close as one millisecond', () => {
    const view = zoomView(fullView(DURATION_MS), DURATION_MS, 1234, 1e-9);
    expect(spanOf(view)).toBeCloseTo(1);
    expect(isInView(view, 1234)).toBe(true);
  });
  it('reveals a time of the session, and moves only when it must', () => {
    fc.assert(
      fc.property(anyView, fine(0, 1), ({ view, durationMs }, share) => {
        const atMs = share * durationMs;
        const shown = revealView(view, durationMs, atMs);
        expect(atMs).toBeGreaterThanOrEqual(shown.fromMs - 1e-6);
        expect(atMs).toBeLessThanOrEqual(shown.toMs + 1e-6);
        expect(spanOf(shown)).toBeCloseTo(spanOf(view), 4);
        if (isInView(view, atMs)) expect(shown).toBe(view);
      }),
    );
  });
});

describe('the ruler', () => {
  it('has ticks in the view, at equal distances, far enough apart, and not needlessly few', () => {
    fc.assert(
      fc.property(anyView, fc.integer({ min: 200, max: 2500 }), ({ view }, width) => {
        const step = stepFor(view, width, 80);
        const ticks = ticksOf(view, width, 80);
        for (const [index, { atMs }] of ticks.entries()) {
          expect(atMs).toBeGreaterThanOrEqual(view.fromMs - 1e-6);
          expect(atMs).toBeLessThanOrEqual(view.toMs + 1e-6);
          const next = ticks[index + 1];
          if (next) expect(next.atMs - atMs).toBeCloseTo(step, 6);
        }
        expect((step / spanOf(view)) * width).toBeGreaterThanOrEqual(80 - 1e-6);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
      }),
    );
  });
  it('labels as exactly as the distance needs', () => {
    expect(formatTick(65_000, 5000)).toBe('1:05');
    expect(formatTick(9400, 100)).toBe('0:09.4');
    expect(formatTick(9436, 1)).toBe('0:09.436');
    expect(formatTick(3_720_000, 60_000)).toBe('1:02:00');
  });
});

const item = fc.record({
  atMs: fc.integer({ min: 0, max: 1000 }),
  lastsMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
  tone: fc.constantFrom(...TONES),
  row: fc.integer({ min: 0, max: 2 }),
});
const lane = fc.array(item, { maxLength: 60 }).map((drafts): Lane => {
  const items = drafts
    .sort((a, b) => a.atMs - b.atMs)
    .map(
      ({ atMs, lastsMs, tone, row }, index): LaneItem => ({
        id: `s${index}`,
        atMs,
        endMs: atMs + lastsMs,
        tone,
        text: '',
        row,
        node: null,
      }),
    );
  const longestMs = Math.max(0, ...items.map(({ atMs, endMs }) => endMs - atMs));
  return { id: 'requests', label: 'Requests', items, rows: 3, longestMs };
});
const smallView = fc
  .tuple(fine(0, 1000), fine(1, 1000))
  .map(([fromMs, span]) => clampView({ fromMs, toMs: fromMs + span }, 1400));
const WIDTH = 120;

/** The twin: every pixel asks every item. */
const toneAt = ({ items }: Lane, view: Parameters<typeof pixelsOf>[1], row: number, x: number) => {
  const here = items.filter((one) => {
    const pixels = one.row === row ? pixelsOf(one, view, WIDTH) : null;
    return pixels && x >= pixels.from && x < pixels.to;
  });
  return TONES.findLast((tone) => here.some((one) => one.tone === tone));
};

describe('what is painted', () => {
  it('is, pixel for pixel, the most important of what lies there', () => {
    fc.assert(
      fc.property(lane, smallView, (some, view) => {
        const painted = new Map<string, string>();
        for (const { row, x, width, tone } of runsOf(some, view, WIDTH)) {
          for (let at = x; at < x + width; at++) {
            expect(painted.has(`${row} ${at}`)).toBe(false);
            painted.set(`${row} ${at}`, tone);
          }
        }
        for (let row = 0; row < some.rows; row++) {
          for (let x = 0; x < WIDTH; x++) expect(painted.get(`${row} ${x}`)).toBe(toneAt(some, view, row, x));
        }
      }),
    );
  });
  it('can be hit where it is seen, and means what is seen', () => {
    fc.assert(
      fc.property(
        lane,
        smallView,
        fc.integer({ min: 0, max: WIDTH - 1 }),
        fc.integer({ min: 0, max: 2 }),
        (some, view, x, row) => {
          const tone = toneAt(some, view, row, x);
          const hit = hitLane(some, view, WIDTH, x, row);
          if (tone) expect(hit && rankOf(hit.tone)).toBe(rankOf(tone));
          if (!hit) {
            for (let at = x - SLOP_PX; at <= x + SLOP_PX; at++) expect(toneAt(some, view, row, at)).toBeUndefined();
          }
        },
      ),
    );
  });
  it('stays small: 200,000 things on a line of 1,000 px are at most 1,000 runs', () => {
    const items = Array.from(
      { length: 200_000 },
      (_, index): LaneItem => ({
        id: `s${index}`,
        atMs: index * 18,
        endMs: index * 18 + (index % 50) * 100,
        tone: TONES[index % TONES.length] ?? 'plain',
        text: '',
        row: 0,
        node: null,
      }),
    );
    const full: Lane = { id: 'console', label: 'Console', items, rows: 1, longestMs: 5000 };
    const runs = runsOf(full, fullView(DURATION_MS), 1000);
    expect(runs.length).toBeLessThanOrEqual(1000);
    expect(runs.reduce((sum, { width }) => sum + width, 0)).toBe(1000);
    expect(MARK_PX).toBeGreaterThan(0);
  });
});

describe('labels', () => {
  it('lie over no mark and no other label, and inside', () => {
    fc.assert(
      fc.property(lane, smallView, (some, view) => {
        const line: Lane = { ...some, rows: 1, items: some.items.map((one) => ({ ...one, row: 0 })) };
        const taken = runsOf(line, view, WIDTH).map(({ x, width }) => [x, x + width] as const);
        for (const { x, room } of labelsOf(line, view, WIDTH, 10)) {
          expect(room).toBeGreaterThanOrEqual(10);
          expect(x + room).toBeLessThanOrEqual(WIDTH);
          for (const [from, to] of taken) expect(x >= to || x + room <= from).toBe(true);
          taken.push([x, x + room]);
        }
      }),
    );
  });
});

describe('a lane', () => {
  it('knows what was passed last, and what lies before and after', () => {
    fc.assert(
      fc.property(lane, fc.integer({ min: -10, max: 1010 }), (some, atMs) => {
        expect(itemAt(some, atMs)).toBe(some.items.findLast((one) => one.atMs <= atMs));
        expect(neighbourOf(some, atMs, 1)).toBe(some.items.find((one) => one.atMs > atMs));
        expect(neighbourOf(some, atMs, -1)).toBe(some.items.findLast((one) => one.atMs < atMs));
      }),
    );
  });
});

describe('the waterfall', () => {
  const spans = fc
    .array(fc.tuple(fc.nat(1000), fc.nat(300)))
    .map((pairs) => pairs.map(([atMs, lasts]) => ({ atMs, endMs: atMs + lasts })).sort((a, b) => a.atMs - b.atMs));
  it('keeps apart what happens at once, while there are lines', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const rows = rowsOf(some, 4);
        some.forEach((span, index) => {
          expect(rows[index]).toBeGreaterThanOrEqual(0);
          expect(rows[index]).toBeLessThan(4);
          const open = some.filter((other, at) => at < index && other.endMs > span.atMs);
          const shared = open.some((other) => rows[some.indexOf(other)] === rows[index]);
          if (open.length < 4 && new Set(open.map((other) => rows[some.indexOf(other)])).size < 4)
            expect(shared).toBe(false);
        });
      }),
    );
  });
});
