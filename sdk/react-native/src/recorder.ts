import { createBodies } from '../../web/src/capture/bodies.ts';
import { createBudget } from '../../web/src/capture/budget.ts';
import { causeFields, createCauses } from '../../web/src/capture/causes.ts';
import { captureConsole } from '../../web/src/capture/console.ts';
import { describeThrown } from '../../web/src/capture/errors.ts';
import { createHeaderFilter } from '../../web/src/capture/headers.ts';
import { createRequests } from '../../web/src/capture/requests.ts';
import { createSaid } from '../../web/src/capture/said.ts';
import { createTracing } from '../../web/src/capture/trace.ts';
import { type Emit, PLUGIN } from '../../web/src/captured.ts';
import { type Clock, pageClock, type Timers } from '../../web/src/clock.ts';
import type { Recording } from '../../web/src/recorder.ts';
import { createScope } from '../../web/src/scope.ts';
import { createPlace } from '../../web/src/session/place.ts';
import { createVisit, IDLE_MS } from '../../web/src/session/visit.ts';
import { createUploader } from '../../web/src/transport/uploader.ts';
import { type AppState, captureAppState } from './capture/app-state.ts';
import type { NativeEvents } from './capture/events.ts';
import { captureFailures, type ErrorUtils, type Hermes } from './capture/failures.ts';
import { captureNetwork } from './capture/network.ts';
import { createScreens } from './capture/screens.ts';
import { taskChannel } from './capture/tasks.ts';
import { captureTouches } from './capture/touches.ts';
import { appPost } from './delivery/post.ts';
import { createAppSpool } from './delivery/spool.ts';
import type { Memory } from './delivery/storage.ts';
import { type AppDevice, describeApp } from './describe-app.ts';
import type { AppOptions, AppRecorder } from './options.ts';
import { webViewScript } from './web-view.ts';
import { type FabricUiManager, measure } from './wireframe/measure.ts';
import type { Roots } from './wireframe/roots.ts';
import { createWireframe, type Wireframe } from './wireframe/wireframe.ts';

/** What an app brings along. */
export interface AppParts {
  /** The global object. */
  readonly app: Window & typeof globalThis;
  readonly roots: Roots;
  readonly device: AppDevice;
  readonly appState: AppState;
  readonly events: NativeEvents;
  readonly fabric: FabricUiManager | undefined;
  readonly errorUtils: ErrorUtils | undefined;
  readonly hermes: Hermes | undefined;
}

/** A running recording of an app. None of its members throws or rejects. */
export interface AppRecording extends Recording, Pick<AppRecorder, 'screen' | 'webViewScript'> {}

/** rrweb's types of events. */
const EVENT = { Incremental: 3, Plugin: 6 } as const;

const isMutation = ({ type, data }: { type: number; data: unknown }): boolean =>
  type === EVENT.Incremental && (data as { source?: unknown }).source === 0;

/** 128 random bits. Without the crypto module, which React Native does not bring along, they are the engine's own. */
export function newId({ crypto }: { readonly crypto?: Partial<Crypto> | undefined }): string {
  const bytes = new Uint8Array(16);
  if (crypto?.getRandomValues) crypto.getRandomValues(bytes);
  else for (const [i] of bytes.entries()) bytes[i] = Math.floor(Math.random() * 256);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The names under which an app's recorder keeps something. */
export const storedNames = (
  key: string,
): { readonly visit: string; readonly window: string; readonly out: string } => ({
  visit: `traceflow ${key}`,
  window: `traceflow ${key} window`,
  out: `traceflow ${key} out`,
});

/** The id of this installation, which is what a tab is to a browser. */
function windowId(memory: Memory, name: string, fresh: string): string {
  const known = memory.getItem(name);
  if (known && /^[\w-]{1,64}$/.test(known)) return known;
  memory.setItem(name, fresh);
  return fresh;
}

function appClock(performance: Pick<Performance, 'now'>): Clock {
  const timeOrigin = Date.now() - performance.now();
  return pageClock({ now: () => performance.now(), timeOrigin } as Performance, () => Date.now());
}

/** Starts to record an app. @throws when the options are not fit for it. */
export function createRecording(parts: AppParts, options: AppOptions, memory: Memory): AppRecording {
  const { app, device, fabric, roots } = parts;
  const server = new URL(options.server).href.replace(/\/+$/, '');
  const names = storedNames(options.key);
  const warn = app.console.warn.bind(app.console, '[traceflow]');
  const clock = appClock(app.performance);
  const timers: Timers = {
    set: (
      (set) => (body: () => void, delayMs: number) =>
        set(body, delayMs)
    )(app.setTimeout),
    clear: (
      (clear) => (timer: unknown) =>
        clear(timer as number)
    )(app.clearTimeout),
  };
  const scope = createScope((message) => warn(`recording goes on without: ${message}`));
  const fresh = () => newId(app);
  const visit = createVisit({ storage: memory, name: names.visit, now: clock.now, newId: fresh });
  const window = windowId(memory, names.window, fresh());
  const newPlace = () => createPlace(visit.begin(), window, fresh());
  let place = newPlace();
  let user = options.user;
  let wireframe: Wireframe | undefined;
  let pausedAt: number | undefined;
  const isSilent = (): boolean => !scope.active || pausedAt !== undefined || visit.idle();

  const spool = options.storage && createAppSpool(options.storage, names.visit, clock.now);
  const uploader = createUploader({
    ...{ server, key: options.key, timers, now: clock.now, random: Math.random, spool, warn },
    // There is no compressor in JavaScript alone that would not be felt.
    pack: async (text) => text,
    post: appPost({ fetch: app.fetch.bind(app), timers, nowAt: clock.now }),
    // An app that is left may be ended without another word: what it has not sent goes to its storage.
    isOffline: () => true,
    onRefused: () => scope.stop(),
    onGap: () => {
      scope.run(() => {
        emit('omission', { what: 'events', reason: 'queue' });
        wireframe?.snapshot();
      });
    },
  });
  const budget = createBudget(clock.now);
  let held: { readonly since: number; count: number } | undefined;
  const put = (event: { type: number; data: unknown }, at: number): void =>
    uploader.add(place, place.nextSeq++, at, JSON.stringify({ ...event, timestamp: at }));
  /** @returns false for a change that finds no room: it comes again with the next one. */
  const store = (event: { type: number; data: unknown }): boolean => {
    if (isSilent()) return true;
    const at = clock.now();
    if (isMutation(event)) {
      if (!budget.spend(JSON.stringify(event.data).length) || (held && !budget.isRecovered())) {
        held ??= { since: at, count: 0 };
        held.count += 1;
        return false;
      }
      const told = held;
      held = undefined;
      if (told) emit('omission', { what: 'dom', reason: 'mutations', ...told });
    }
    put(event, at);
    return true;
  };
  const emit: Emit = (kind, payload) => void store({ type: EVENT.Plugin, data: { plugin: PLUGIN[kind], payload } });

  const causes = createCauses(scope.onStop, taskChannel(timers));
  const said = createSaid({ emit, causes });
  const screens = createScreens(emit, () => wireframe?.changed());
  const introduce = (): void => emit('session', describeApp(device, screens.url(), options.release, user));
  const begin = (): void => {
    introduce();
    emit('navigation', { kind: 'load', type: 'navigate', url: screens.url() });
  };
  /** After a long absence a new visit begins, in a generation of its own. */
  const alive = (): void => {
    const sleptMs = clock.slept();
    if (sleptMs >= IDLE_MS) clock.skip(sleptMs);
    else if (sleptMs > 0) emit('state', { aspect: 'clock', value: 'slept', durationMs: sleptMs });
    if (!visit.touch()) return;
    place = newPlace();
    begin();
    said.repeat();
    wireframe?.snapshot();
  };
  const requests = createRequests({
    ...{ emit, clock, causes, server, place: () => place },
    headers: createHeaderFilter(options.network?.headers),
    // An app has no origin of its own: only addresses that were named carry the header.
    tracing: createTracing({ origin: 'app:', newId: fresh, isSilent }, options.network?.trace),
    bodies: createBodies(options.network?.bodies),
    baseUrl: () => server,
    left: () => false,
    onSent: () => undefined,
  });
  const leave = (): void => uploader.leave();

  begin();
  // Each by itself: where one cannot start, the others still record.
  const { errorUtils, hermes } = parts;
  scope.run(() => captureFailures(scope, { emit, causes, errorUtils, hermes, onFatal: leave }));
  scope.run(() => captureConsole(app, scope, { emit, clock, causes }));
  scope.run(() => captureNetwork(app, scope, requests));
  scope.run(() => {
    const onHidden = (): void => {
      leave();
      void uploader.flush();
    };
    captureAppState(parts.appState, scope, { emit, clock, onShown: alive, onHidden });
  });
  scope.run(() => {
    if (options.navigation) scope.onStop(screens.follow(options.navigation));
  });
  if (fabric) {
    const stopwatch = () => app.performance.now();
    const run = (body: () => void): void => {
      if (scope.active) scope.run(body);
    };
    const followed = createWireframe({
      ...{ timers, stopwatch, store, run, roots: roots.all, size: device.size, address: screens.url },
      measure: (fiber) => measure(fabric, fiber),
      onCut: (count) => emit('omission', { what: 'dom', reason: 'views', count }),
    });
    wireframe = followed;
    roots.onCommit = () => run(followed.changed);
    scope.onStop(() => {
      roots.onCommit = undefined;
    });
    scope.run(() =>
      captureTouches({
        ...{ emit, store, clock, causes, place: () => place, alive, moved: followed.changed, screen: followed.screen },
        on: (name, handler) => {
          const listener = parts.events.addListener(name, ({ nativeEvent }) => run(() => handler(nativeEvent)));
          scope.onStop(() => listener.remove());
        },
      }),
    );
    followed.snapshot();
  } else warn('the screen is not recorded: this needs the new architecture of React Native');

  return {
    get sessionId() {
      return place.session;
    },
    identify(person) {
      scope.run(() => {
        user = { id: String(person.id), ...(person.name ? { name: String(person.name) } : {}) };
        introduce();
      });
    },
    track: (event, data) => void scope.run(() => said.track(event, data)),
    tag: (tag, value) => void scope.run(() => said.tag(tag, value)),
    flag: (flag, value) => void scope.run(() => said.flag(flag, value)),
    captureException(error) {
      const cause = causes.behind(error) ?? causes.current();
      scope.run(() => emit('error', { kind: 'error', handled: true, ...describeThrown(error), ...causeFields(cause) }));
    },
    screen: (name) => void scope.run(() => screens.show(String(name))),
    webViewScript: (origins) => scope.run(() => webViewScript(place.session, origins)) ?? 'true;',
    pause() {
      pausedAt ??= clock.now();
    },
    resume() {
      scope.run(() => {
        if (pausedAt === undefined) return;
        const since = pausedAt;
        pausedAt = undefined;
        emit('omission', { what: 'everything', reason: 'paused', since });
        wireframe?.snapshot();
      });
    },
    flush: () => uploader.flush(),
    discard() {
      scope.stop();
      uploader.discard();
      uploader.close();
    },
    async stop() {
      scope.stop();
      await uploader.flush();
      uploader.close();
    },
  };
}
