import { captureActions } from './capture/actions.ts';
import { createActTimes } from './capture/acts.ts';
import { captureBeacon } from './capture/beacon.ts';
import { createBodies } from './capture/bodies.ts';
import { carryCauses } from './capture/carry.ts';
import { causeFields, createCauses } from './capture/causes.ts';
import { createChangeCauses } from './capture/change-causes.ts';
import { captureConsole } from './capture/console.ts';
import { createDescribe } from './capture/describe.ts';
import type { DomCapture } from './capture/dom.ts';
import { createEffects } from './capture/effects.ts';
import { captureErrors, describeThrown } from './capture/errors.ts';
import { captureFetch } from './capture/fetch.ts';
import { captureForms, type Forms } from './capture/forms.ts';
import { createHeaderFilter } from './capture/headers.ts';
import { captureNavigation, loadType, locationOf } from './capture/navigation.ts';
import { createRequests } from './capture/requests.ts';
import { createSaid } from './capture/said.ts';
import { describeSession } from './capture/session.ts';
import { captureStreams } from './capture/streams.ts';
import { captureSurroundings } from './capture/surroundings.ts';
import { createTimings, type Timings } from './capture/timings.ts';
import { createTracing } from './capture/trace.ts';
import { captureViolations } from './capture/violations.ts';
import { captureXhr } from './capture/xhr.ts';
import { type Emit, PLUGIN } from './captured.ts';
import { pageClock, pageTimers } from './clock.ts';
import { createIntake, type Made } from './intake.ts';
import { createNodes } from './nodes.ts';
import type { Options, Recorder } from './options.ts';
import { createRules } from './privacy/rules.ts';
import { createScope } from './scope.ts';
import { hostSession } from './session/host-session.ts';
import { createPlace } from './session/place.ts';
import { randomId } from './session/random-id.ts';
import { tabStorage, visitStorage } from './session/storage.ts';
import { createTab } from './session/tab.ts';
import { createVisit, IDLE_MS } from './session/visit.ts';
import { pack } from './transport/pack.ts';
import { pagePost } from './transport/post.ts';
import { createSpool } from './transport/spool.ts';
import { createUploader } from './transport/uploader.ts';
import { createWildness } from './wildness.ts';

/** rrweb's types of a whole document and of a plugin event. */
const FULL_SNAPSHOT = 2;
const PLUGIN_EVENT = 6;

/** The larger part is loaded when the browser has nothing else to do, and after so long even if it has. */
const IDLE_WAIT_MS = 2_000;

/** rrweb's numbers for a change of the document. */
const isMutation = ({ type, data }: { type: number; data: unknown }): boolean =>
  type === 3 && (data as { source?: unknown }).source === 0;

/** Signs that the person is there. */
const LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

/** A running recording. None of its members throws or rejects. */
export interface Recording extends Omit<Recorder, 'optOut' | 'optIn'> {
  /** Ends it, takes all hooks out of the page, and forgets what was not sent. */
  discard(): void;
}

/** Starts to record a page. @throws when options or browser are not fit for it. */
export function createRecording(page: Window & typeof globalThis, options: Options): Recording {
  const server = new URL(options.server).href.replace(/\/+$/, '');
  const warn = page.console.warn.bind(page.console, '[traceflow]');
  const rules = createRules(options.privacy ?? {}, (selector) => void page.document.querySelector(selector));
  const clock = pageClock(page.performance, () => Date.now());
  const timers = pageTimers(page);
  const scope = createScope((message) => warn(`recording goes on without: ${message}`));
  const newId = () => randomId(page.crypto);
  const name = `traceflow ${options.key}`;
  const visit = createVisit({
    ...{ storage: visitStorage(page), name, now: clock.now, newId },
    given: () => hostSession(page),
  });
  const tab = createTab({ storage: tabStorage(page), name, newId });
  const newPlace = () => createPlace(visit.begin(), tab.id, newId());
  let place = newPlace();
  let user = options.user;
  let dom: DomCapture | undefined;
  let forms: Forms | undefined;
  let pausedAt: number | undefined;
  const isSilent = (): boolean => pausedAt !== undefined || visit.idle();

  const { indexedDB } = page;
  const openDatabase = indexedDB?.open.bind(indexedDB, name);
  const spool = openDatabase && createSpool(() => openDatabase(), clock.now);
  const uploader = createUploader({
    ...{ server, key: options.key, timers, pack, now: clock.now, random: Math.random },
    post: pagePost(page, timers, clock.now),
    ...{ spool, warn, isOffline: () => !page.navigator.onLine },
    onRefused: () => scope.stop(),
    onGap: () => {
      scope.run(() => {
        emit('omission', { what: 'events', reason: 'queue' });
        dom?.snapshot();
      });
    },
  });
  const wildness = createWildness({
    ...{ now: clock.now, timers, isActive: () => scope.active },
    onCalm: (left) => {
      scope.run(() => {
        emit('omission', { what: 'dom', reason: 'mutations', ...left });
        dom?.snapshot();
      });
    },
  });
  const intake = createIntake({
    ...{ now: clock.now, place: () => place },
    put({ type, data }, at, home) {
      const json = JSON.stringify({ type, data, timestamp: at });
      if (isMutation({ type, data }) && !wildness.admits(json.length, at)) return;
      uploader.add(home, home.nextSeq++, at, json);
    },
  });
  const store = (event: Made): void => {
    if (!scope.active || isSilent()) return;
    if (isMutation(event) && !wildness.isOver) changeCauses.announce();
    intake.add(event);
  };
  const emit: Emit = (kind, payload) => store({ type: PLUGIN_EVENT, data: { plugin: PLUGIN[kind], payload } });
  const introduce = () => emit('session', describeSession(page, rules, options.release, user));

  /** After a long absence a new visit begins, in a generation of its own. */
  const alive = (): void => {
    const sleptMs = clock.slept();
    if (sleptMs >= IDLE_MS) clock.skip(sleptMs);
    else if (sleptMs > 0) emit('state', { aspect: 'clock', value: 'slept', durationMs: sleptMs });
    if (!visit.touch()) return;
    forms?.leave();
    place = newPlace();
    timings?.forget();
    introduce();
    emit('navigation', { kind: 'load', type: 'navigate', ...locationOf(page, rules) });
    said.repeat();
    dom?.snapshot();
  };

  const nodes = createNodes();
  const causes = createCauses(scope.onStop);
  const said = createSaid({ emit, causes });
  const changeCauses = createChangeCauses({
    ...{ causes, emit, place: () => place, afterUpdate: page.queueMicrotask.bind(page) },
  });
  const effects = createEffects(page, scope, {
    ...{ emit, clock, timers, causes, nodes, onChange: changeCauses.note },
  });
  const describe = createDescribe(rules, nodes);
  const acts = createActTimes();
  let timings: Timings | undefined;
  let left = false;
  const requests = createRequests({
    ...{ emit, clock, causes, server, place: () => place },
    headers: createHeaderFilter(options.network?.headers),
    tracing: createTracing({ origin: page.location.origin, newId, isSilent }, options.network?.trace),
    bodies: createBodies(options.network?.bodies),
    baseUrl: () => page.document.baseURI,
    left: () => left,
    onSent: (request) => {
      timings?.expect(request.base.id, request.address, page.performance.now());
      effects.requestSent(request.base.action, request.base.id);
      forms?.requestSent(request);
    },
  });

  introduce();
  emit('navigation', { kind: 'load', ...loadType(page), ...locationOf(page, rules) });
  for (const type of LIFE) scope.listen(page, type, alive);
  // Each by itself: where one cannot start, the others still record.
  scope.run(() => captureErrors(page, scope, { emit, causes }));
  scope.run(() => captureConsole(page, scope, { emit, clock, causes }));
  scope.run(() => captureNavigation(page, scope, { emit, rules, onLeave: effects.navigated }));
  scope.run(() => captureActions(page, scope, { emit, clock, causes, effects, describe, acts, place: () => place }));
  // After the acts, so that the act is the cause of what a form tells.
  forms = scope.run(() => captureForms(page, scope, { emit, clock, causes, describe }));
  scope.run(() => captureFetch(page, scope, requests));
  scope.run(() => captureXhr(page, scope, requests));
  scope.run(() => captureBeacon(page, scope, requests));
  scope.run(() => carryCauses(page, scope, { causes, clock }));
  timings = scope.run(() => createTimings(scope, { emit, clock }));
  const endStreams = scope.run(() => captureStreams(page, scope, { emit, clock, causes, place: () => place }));
  scope.run(() => captureViolations(page, scope, { emit }));
  scope.run(() => captureSurroundings(page, scope, { emit, clock, causes }));

  /** Begins with the document once its part is there; what came before waits for it, and for the ids of its elements. */
  const begin = async (): Promise<void> => {
    try {
      const { startLater, nodeId } = await import('./later.ts');
      if (!scope.active) return;
      await new Promise<void>((whole) => {
        dom = startLater(scope, {
          ...{ emit, clock, acts, rules },
          store(event) {
            store(event);
            if (event.type !== FULL_SNAPSHOT) return;
            nodes.known(nodeId);
            whole();
          },
        });
        if (!dom) whole();
        scope.onStop(whole); // whoever waits for the rest then waits for nothing
      });
    } catch {
      scope.run(() => {
        emit('omission', { what: 'dom', reason: 'not-loaded' });
        warn('recording goes on without: the document, because its part of the SDK could not be loaded');
      });
    }
    intake.release();
  };
  let begun: Promise<void> | undefined;
  const document = (): Promise<void> => {
    begun ??= begin();
    return begun;
  };
  const whenIdle = page.requestIdleCallback?.bind(page);
  if (whenIdle) whenIdle(() => void document(), { timeout: IDLE_WAIT_MS });
  else timers.set(() => void document(), 0);

  scope.listen<PageTransitionEvent>(page, 'pagehide', ({ persisted }) => {
    left = true;
    effects.navigated();
    effects.finish();
    endStreams?.();
    forms?.leave();
    emit('navigation', { kind: 'leave', ...locationOf(page, rules), ...(persisted ? { cached: true } : {}) });
    tab.leave();
    intake.release();
    uploader.leave();
  });
  scope.listen<PageTransitionEvent>(page, 'pageshow', (event) => {
    left = false;
    if (!event.persisted) return;
    tab.enter();
    emit('navigation', { kind: 'pop', ...locationOf(page, rules), cached: true });
  });
  scope.listen(page.document, 'visibilitychange', () => {
    if (page.document.visibilityState === 'visible') alive();
    // A phone may never come back from here; the page still runs for a moment, enough to pack and send.
    if (page.document.visibilityState !== 'hidden') return;
    effects.lostFocus();
    effects.finish();
    intake.release();
    // A page that is left is hidden only after that: its last vitals come now.
    if (left) uploader.leave();
    else void uploader.flush();
  });
  scope.listen(page, 'blur', (event) => {
    if (event.target === page) effects.lostFocus();
  });
  scope.listen(page, 'online', () => void uploader.flush());

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
      const cause = causes.current();
      scope.run(() => emit('error', { kind: 'error', handled: true, ...describeThrown(error), ...causeFields(cause) }));
    },
    pause() {
      pausedAt ??= clock.now();
    },
    resume() {
      scope.run(() => {
        if (pausedAt === undefined) return;
        const since = pausedAt;
        pausedAt = undefined;
        emit('omission', { what: 'everything', reason: 'paused', since });
        dom?.snapshot();
      });
    },
    async flush() {
      await document();
      await uploader.flush();
    },
    discard() {
      scope.stop();
      intake.clear();
      uploader.discard();
      uploader.close();
    },
    async stop() {
      scope.run(effects.finish);
      intake.release();
      scope.stop();
      await uploader.flush();
      uploader.close();
    },
  };
}
