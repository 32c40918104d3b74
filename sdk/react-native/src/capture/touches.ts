import type { Causes } from '../../../web/src/capture/causes.ts';
import type { Emit } from '../../../web/src/captured.ts';
import type { Clock } from '../../../web/src/clock.ts';
import type { Place } from '../../../web/src/session/place.ts';
import { describe, isActive, isIgnored, meantBy } from '../wireframe/describe.ts';
import { type Path, pathsAt, pathTo } from '../wireframe/hit.ts';
import { nativeTagOf } from '../wireframe/measure.ts';
import type { WireNode } from '../wireframe/wire-node.ts';
import { type Touch, targetOf, touchOf } from './events.ts';

/** What recording touches needs. */
export interface TouchesDeps {
  readonly on: (name: string, handler: (event: unknown) => void) => void;
  readonly emit: Emit;
  readonly store: (event: { type: number; data: unknown }) => unknown;
  readonly clock: Clock;
  readonly causes: Causes;
  readonly place: () => Place;
  /** What is on the screen. */
  readonly screen: () => readonly WireNode[];
  /** The person is there. */
  readonly alive: () => void;
  /** What a finger may have moved. */
  readonly moved: () => void;
}

/** rrweb's numbers. */
const INCREMENTAL = 3;
const SOURCE = { MouseInteraction: 2, TouchMove: 6 } as const;
const INTERACTION = { Click: 2, Focus: 5, Blur: 6, TouchStart: 7, TouchEnd: 9, TouchCancel: 10 } as const;

/** A finger that went further drew, scrolled or let go elsewhere. What React Native's own buttons allow is similar. */
const TAP_POINTS = 12;
/** Ways of a finger are kept in steps of so long. */
const STEP_MS = 50;
/** Typing in one field is one act until it rests for so long. */
const BURST_MS = 2_000;
const MAX_UNDER = 6;

/** Records where fingers touch, and the acts they mean, before the app's own handlers run: so that these have a cause. */
export function captureTouches(deps: TouchesDeps): void {
  const { on, emit, store, clock, causes, place, screen } = deps;
  const record = (data: object): void => void store({ type: INCREMENTAL, data });
  const interaction = (type: number, id: number, at: Partial<Pick<Touch, 'x' | 'y'>> = {}): void =>
    record({ source: SOURCE.MouseInteraction, type, id, ...(at.x === undefined ? {} : { x: at.x, y: at.y }) });

  /** The element of a native view; the one on top where the view itself draws nothing. */
  const pathOf = (target: unknown, layers: readonly Path[] = []): Path => {
    const named = pathTo(screen(), ({ view }) => target !== undefined && nativeTagOf(view.fiber) === target);
    return named.length > 0 ? named : (layers[0] ?? []);
  };

  const act = (kind: 'click' | 'input' | 'key', path: Path, more: object = {}): void => {
    const id = place().nextAction++;
    emit('action', { id, kind, target: describe(path), ...more });
    causes.enter({ action: id, at: clock.now() });
  };

  let down: { start: Touch; path: Path; layers: readonly Path[]; isTap: boolean; lastAt: number } | undefined;
  let way: { x: number; y: number; id: number; at: number }[] = [];
  const sendWay = (): void => {
    const now = clock.now();
    if (way.length > 0)
      record({
        source: SOURCE.TouchMove,
        positions: way.map(({ at, ...point }) => ({ ...point, timeOffset: at - now })),
      });
    way = [];
  };

  on('topTouchStart', (event) => {
    deps.alive();
    const start = touchOf(event);
    if (!start) return;
    if (down) {
      down.isTap = false;
      return;
    }
    const layers = pathsAt(screen(), start.x, start.y);
    const path = pathOf(start.target, layers);
    if (isIgnored(path)) return;
    down = { start, path, layers, isTap: start.fingers <= 1, lastAt: clock.now() };
    interaction(INTERACTION.TouchStart, path.at(-1)?.id ?? -1, start);
  });
  on('topTouchMove', (event) => {
    deps.moved();
    const touch = touchOf(event);
    if (!down || !touch || touch.identifier !== down.start.identifier) return;
    if (Math.hypot(touch.x - down.start.x, touch.y - down.start.y) > TAP_POINTS) down.isTap = false;
    if (clock.now() - down.lastAt < STEP_MS) return;
    down.lastAt = clock.now();
    way.push({ x: touch.x, y: touch.y, id: down.path.at(-1)?.id ?? -1, at: down.lastAt });
    if (way.length >= 10) sendWay();
  });
  const ended = (type: number) => (event: unknown) => {
    deps.moved();
    const touch = touchOf(event);
    if (!down || !touch || touch.identifier !== down.start.identifier) return;
    const { path, layers, isTap, start } = down;
    down = undefined;
    sendWay();
    interaction(type, path.at(-1)?.id ?? -1, touch);
    if (!isTap || type !== INTERACTION.TouchEnd) return;
    const target = meantBy(path);
    interaction(INTERACTION.Click, target.at(-1)?.id ?? -1, touch);
    act('click', target, { x: start.x, y: start.y, under: underOf(layers).map(describe) });
  };
  on('topTouchEnd', ended(INTERACTION.TouchEnd));
  on('topTouchCancel', ended(INTERACTION.TouchCancel));

  let burst: { target: unknown; at: number } | undefined;
  on('topChange', (event) => {
    const target = targetOf(event);
    const path = pathOf(target);
    if (path.at(-1)?.view.kind !== 'TextInput' || isIgnored(path)) return;
    deps.alive();
    const at = clock.now();
    if (!burst || burst.target !== target || at - burst.at >= BURST_MS) act('input', path);
    burst = { target, at };
  });
  on('topSubmitEditing', (event) => {
    burst = undefined;
    const path = pathOf(targetOf(event));
    if (!isIgnored(path)) act('key', path, { key: 'Enter' });
  });
  for (const [name, type] of [
    ['topFocus', INTERACTION.Focus],
    ['topBlur', INTERACTION.Blur],
  ] as const) {
    on(name, (event) => {
      burst = undefined;
      const node = pathOf(targetOf(event)).at(-1);
      if (node && !node.view.privacy.ignored) interaction(type, node.id);
    });
  }
  for (const name of ['topScroll', 'topMomentumScrollEnd', 'topScrollEndDrag']) on(name, deps.moved);
}

/** Topmost first, without the plain boxes around what is already listed. */
function underOf(layers: readonly Path[]): Path[] {
  const listed: Path[] = [];
  for (const path of layers) {
    if (listed.length >= MAX_UNDER) break;
    const node = path.at(-1);
    const isBox = node && listed.some((other) => other.includes(node));
    if (node && (!isBox || isActive(node))) listed.push(path);
  }
  return listed;
}
