import type { CapturedStream } from '../../../../shared/model/captured-page.ts';
import { cut, type Emit } from '../captured.ts';
import type { Clock } from '../clock.ts';
import { maskUrl } from '../privacy/url.ts';
import type { Scope } from '../scope.ts';
import type { Place } from '../session/place.ts';
import type { Causes } from './causes.ts';
import { bodyBytes } from './requests.ts';

/** What following streams needs. */
export interface StreamsDeps {
  readonly emit: Emit;
  readonly clock: Clock;
  readonly causes: Causes;
  readonly place: () => Place;
}

/** Messages are told in sums, so often at most. */
const TRAFFIC_MS = 5_000;

interface Followed {
  readonly base: Pick<CapturedStream, 'id' | 'kind' | 'url' | 'action'>;
  readonly place: Place;
  readonly totals: { sent: number; sentBytes: number; received: number; receivedBytes: number };
  toldAt: number;
  /** There is traffic that was not told. */
  fresh: boolean;
}

/**
 * Records the life of WebSockets and EventSources, and how much went through. What went through is never looked at; of an
 * EventSource only unnamed events are counted.
 * @returns tells what was not told yet, for the end of the page.
 */
export function captureStreams(page: Window & typeof globalThis, scope: Scope, deps: StreamsDeps): () => void {
  const { emit, clock, causes, place } = deps;
  const followed = new WeakMap<object, Followed>();
  const living = new Set<Followed>();

  const tell = (stream: Followed, phase: CapturedStream['phase'], more: Partial<CapturedStream> = {}): void => {
    // A visit may have ended meanwhile; its successor has its own numbers.
    if (stream.place !== place()) return;
    stream.toldAt = clock.now();
    stream.fresh = false;
    const { totals } = stream;
    emit('stream', { ...stream.base, phase, ...(phase === 'connecting' ? {} : totals), ...more });
  };
  const count = (stream: Followed, way: 'sent' | 'received', data: unknown): void => {
    stream.totals[way]++;
    stream.totals[`${way}Bytes`] += bodyBytes(data) ?? 0;
    stream.fresh = true;
    if (clock.now() - stream.toldAt >= TRAFFIC_MS) tell(stream, 'traffic');
  };
  const follow = (kind: CapturedStream['kind'], target: EventTarget, address: unknown): void => {
    const here = place();
    const action = causes.current()?.action;
    const stream: Followed = {
      base: {
        ...{ id: `s${here.nextStream++}`, kind, url: cut(maskUrl(String(address)), 2_000) },
        ...(action === undefined ? {} : { action }),
      },
      ...{ place: here, toldAt: clock.now(), fresh: false },
      totals: { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0 },
    };
    followed.set(target, stream);
    living.add(stream);
    tell(stream, 'connecting');
    scope.listenWhileItLives(target, 'open', () => tell(stream, 'open'));
    scope.listenWhileItLives(target, 'error', () => tell(stream, 'error'));
    scope.listenWhileItLives<MessageEvent>(target, 'message', ({ data }) => {
      // Before the page's own listeners, which are added later.
      causes.enter({ stream: stream.base.id, at: clock.now() });
      count(stream, 'received', data);
    });
    scope.listenWhileItLives<CloseEvent>(target, 'close', ({ code, wasClean }) => {
      tell(stream, 'closed', { code, clean: wasClean });
      living.delete(stream);
    });
  };

  scope.patchClass(page, 'WebSocket', (socket) => follow('websocket', socket as WebSocket, (socket as WebSocket).url));
  scope.patch(page.WebSocket?.prototype, 'send', (call, args, self) => {
    const result = call();
    const stream = followed.get(self as object);
    if (stream) scope.run(() => count(stream, 'sent', args[0]));
    return result;
  });
  scope.patchClass(page, 'EventSource', (source) =>
    follow('eventsource', source as EventSource, (source as EventSource).url),
  );
  scope.patch(page.EventSource?.prototype, 'close', (call, _args, self) => {
    const result = call();
    const stream = followed.get(self as object);
    if (stream && living.delete(stream)) scope.run(() => tell(stream, 'closed'));
    return result;
  });
  return () => {
    for (const stream of living) if (stream.fresh) tell(stream, 'traffic');
  };
}
