import type { CapturedChange, CapturedElement, CapturedTimer } from '../model/captured.ts';
import type { Signal, SignalKind } from '../model/signal.ts';

/** What rrweb saw change in a stretch of time, without what changes by itself and what other requests brought. */
export type DomSummary = {
  /** Mutation events; counting stops at a few hundred. */
  changes: number;
  added: number;
  removed: number;
  texts: number;
  /** From the start of the stretch to the first change. */
  firstMs: number;
  /** rrweb node of the first change. */
  node: number;
  /** Nodes in which something changed (parents of what came, went or was rewritten), at most 16. */
  regions: number[];
  /** No other recorded cause (another answer, an act of the person) came shortly before the first change. */
  sole: boolean;
  /** The recorder saw what made each of the changes. */
  recorded: boolean;
  /** Each change came after answers of several requests: it may be another one's. */
  contested: boolean;
  /** More than a busy state changed, and not only inside the element that was used. */
  outside: boolean;
  /** Something that can carry a message came or changed outside that element. */
  told: boolean;
};

/** What followed a click within a second. */
export type ClickEffect = {
  /** `recorded` by our SDK, or `derived` from rrweb's events alone. */
  source: 'recorded' | 'derived';
  observedMs: number;
  mutations: number;
  firstMutationMs: number | null;
  /** Of `mutations` those made by code that the click led to, as recorded; null where the recorder does not say. */
  caused: number | null;
  /** Elements that changed, as recorded; what the click led to comes first. */
  places: CapturedChange[];
  /** Recorder's ids of the requests the click started, as far as the recorder said so. */
  requests: string[];
  navigated: boolean;
  scrolled: boolean;
  /** As recorded: the focus went elsewhere after the click, or another window came to the front. */
  focusMoved: boolean;
  /** The person turned to nothing else while the effect was looked for. */
  undisturbed: boolean;
  /** An element that did not receive the click got the focus. */
  focusedElsewhere: boolean;
  /** Text was selected. */
  selected: boolean;
  /** A form control, a video, a canvas or a style rule changed: visible without a DOM mutation. */
  changed: boolean;
  /** DOM changes that can be this click's; null when the DOM was not recorded. */
  dom: DomSummary | null;
  domObserved: boolean;
};

export type PageDetails = {
  url: string;
  title: string | null;
  change: 'load' | 'push' | 'replace' | 'hash' | 'pop';
  /** Address shown before in this window. */
  previous: string | null;
  /** The same address was loaded again: as the browser said, or else because the address is the one before. */
  reload: boolean;
  /** Shown again as it was left, from the back/forward cache. */
  restored: boolean;
};

export type ClickDetails = {
  /** The recorder's action id (unique in the generation); null in recordings that have none. */
  action: number | null;
  x: number | null;
  y: number | null;
  /** Topmost first; `under[0]` received the click. Empty when not recorded. */
  under: CapturedElement[];
  interactive: boolean;
  disabled: boolean;
  role: string | null;
  /** Text fields, selects, check boxes: a click into them needs no other effect. */
  editable: boolean;
  /** The enabled interactive element that lies beneath a receiver that is neither interactive nor part of it. */
  covered: CapturedElement | null;
  /** Null when the recording does not say (it ended, or events are missing). */
  effect: ClickEffect | null;
};

export type InputDetails = {
  action: number | null;
  act: 'input' | 'submit' | 'key';
  key: string | null;
  /** Submits only: action id of the click or key that submitted the form. */
  cause: number | null;
};

export type RequestDetails = {
  /** The recorder's id, unique in the generation. */
  id: string;
  api: 'fetch' | 'xhr' | 'beacon' | 'unknown';
  method: string;
  /** As recorded: query values are masked, equal stays equal. */
  url: string;
  origin: string;
  /** Path with ids replaced by `:id`. */
  route: string;
  sameOrigin: boolean;
  status: number | null;
  /** Until the answer's head, or until it failed. */
  durationMs: number | null;
  /** Order of sending in the generation. */
  order: number | null;
  consumedAt: number | null;
  shape: string | null;
  contentType: string | null;
  failure: 'network' | 'aborted' | 'timeout' | 'parse' | null;
  action: number | null;
  /** The recorder's id of the request whose answer was being used when this one was sent. */
  after: string | null;
  /** What carried the cause to it. */
  timer: CapturedTimer | null;
  traceId: string | null;
  /** Bytes of the bodies, as far as they are known. */
  requestBytes: number | null;
  responseBytes: number | null;
  /** Names that the page's recorder was allowed to keep, in lower case. */
  requestHeaders: Record<string, string>;
  responseHeaders: Record<string, string>;
  /** Redacted and cut; only where the page opted in. */
  requestBody: string | null;
  responseBody: string | null;
  /** What the browser measured; null where it was not clear which request it had measured. */
  timing: RequestTiming | null;
  /** Neither answered nor failed in the recording. */
  pending: boolean;
  domObserved: boolean;
  /** DOM changes from the act that caused it, or else from sending, to the answer. */
  whileWaiting: DomSummary | null;
  /** DOM changes within a second after the answer or failure, up to the next act on another element. */
  afterAnswer: DomSummary | null;
  /** DOM changes that its use brought: within a second as recorded, or else within 100 ms after the page read the body. */
  domChangedAfterConsumed: DomSummary | null;
};

/** Parts of a request's time in order, in ms; null where the browser does not say. */
export type RequestTiming = {
  totalMs: number;
  redirectMs: number | null;
  workerMs: number | null;
  queueMs: number | null;
  dnsMs: number | null;
  /** Including `tlsMs`. */
  connectMs: number | null;
  tlsMs: number | null;
  waitMs: number | null;
  downloadMs: number | null;
  protocol: string | null;
  transferBytes: number | null;
  encodedBytes: number | null;
  decodedBytes: number | null;
  cached: boolean;
  worker: boolean;
};

export type StreamDetails = {
  id: string;
  api: 'websocket' | 'eventsource';
  url: string;
  origin: string;
  route: string;
  action: number | null;
  /** When it was established; null when it never was. */
  openedAt: number | null;
  /** How often it failed or was cut; an EventSource connects again by itself. */
  failures: number;
  closed: boolean;
  code: number | null;
  clean: boolean | null;
  sent: number;
  sentBytes: number;
  received: number;
  receivedBytes: number;
};

export type VitalDetails = {
  name: 'LCP' | 'INP' | 'CLS' | 'FCP' | 'TTFB';
  /** Milliseconds; for CLS the unitless score. */
  value: number;
  rating: 'good' | 'needs-improvement' | 'poor';
  selector: string | null;
};

/** `task` and `frame`: the main thread was busy; `interaction`: an act waited long for its next paint. */
export type TaskDetails = {
  type: 'task' | 'frame' | 'interaction';
  durationMs: number;
  /** Beyond what a person does not notice (50 ms a task). */
  blockingMs: number;
  scripts: {
    durationMs: number;
    layoutMs: number | null;
    invoker: string | null;
    source: string | null;
    function: string | null;
  }[];
  /** Interactions only: the browser's event, the wait for the first handler, the time in handlers, the action, the element. */
  event: string | null;
  delayMs: number | null;
  processingMs: number | null;
  action: number | null;
  selector: string | null;
};

export type FormDetails = {
  outcome: 'submitted' | 'abandoned' | 'reset';
  durationMs: number;
  action: number | null;
  /** In order of the first visit. */
  fields: {
    field: CapturedElement;
    type: string;
    order: number;
    visits: number;
    focusMs: number;
    edits: number;
    refills: number;
    filled: boolean;
    invalid: boolean;
    autofilled: boolean;
  }[];
};

export type StateDetails = {
  aspect: 'visibility' | 'connection' | 'storage' | 'worker' | 'clock';
  value: string;
  detail: string | null;
  /** How long the state before it lasted. */
  durationMs: number | null;
  action: number | null;
};

export type TrackDetails = {
  type: 'event' | 'tag' | 'flag';
  name: string;
  value: string | number | boolean | null;
  data: Record<string, string | number | boolean | null>;
  action: number | null;
};

export type OmissionDetails = {
  what: 'everything' | 'dom' | 'console' | 'events';
  reason: string;
  count: number | null;
};

export type ConsoleDetails = {
  level: 'debug' | 'log' | 'info' | 'warn' | 'error';
  args: string[];
  stack: string | null;
  action: number | null;
  request: string | null;
};

export type ErrorDetails = {
  /** `csp`: the page's own policy kept something from loading or running. */
  type: 'error' | 'rejection' | 'resource' | 'csp';
  /** The page caught it and told the SDK. */
  handled: boolean;
  /** Of a resource: the status of the answer that could not be used. */
  status: number | null;
  name: string | null;
  message: string;
  stack: string | null;
  source: string | null;
  line: number | null;
  column: number | null;
  action: number | null;
  request: string | null;
  stream: string | null;
  timer: CapturedTimer | null;
  /** DOM changes within a second after it, up to the next act. */
  domAfter: DomSummary | null;
  domObserved: boolean;
};

type BackendPlace = {
  /** Name of the program. */
  service: string;
  /** Id of the backend's own request it belongs to, unique in its generation; null for none. */
  request: string | null;
  /** The page load, and the recorder's id of its request, that this was done for. */
  page: { generation: string; request: string } | null;
  /** Ms since epoch by the backend's clock, and what was added to get the page's time; null when nothing says how much. */
  recordedAt: number;
  offsetMs: number | null;
};

/** What a backend did for the session. */
export type BackendDetails = BackendPlace &
  (
    | {
        type: 'request';
        method: string;
        url: string;
        /** As the program names it, or else the path with ids replaced by `:id`. */
        route: string;
        status: number | null;
        durationMs: number;
        end: 'answered' | 'cut' | 'open';
        traceId: string | null;
        requestBytes: number | null;
        responseBytes: number | null;
        requestHeaders: Record<string, string>;
        responseHeaders: Record<string, string>;
      }
    | {
        type: 'log';
        level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
        message: string;
        logger: string | null;
        stack: string | null;
      }
    | {
        type: 'error';
        kind: 'request' | 'handled' | 'uncaught' | 'rejection';
        name: string | null;
        message: string;
        stack: string | null;
      }
    | {
        type: 'span';
        name: string;
        kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
        traceId: string;
        spanId: string;
        parentId: string | null;
        durationMs: number;
        failed: boolean;
        message: string | null;
        attributes: Record<string, string | number | boolean>;
      }
  );

/** `firstSeq` to `lastSeq` of the generation were never received. */
export type GapDetails = { missing: number; firstSeq: number; lastSeq: number };

/** The shape of `Signal.details`, per kind. */
export type DetailsOf = {
  page: PageDetails;
  click: ClickDetails;
  input: InputDetails;
  submit: InputDetails;
  request: RequestDetails;
  stream: StreamDetails;
  console: ConsoleDetails;
  error: ErrorDetails;
  vital: VitalDetails;
  task: TaskDetails;
  form: FormDetails;
  state: StateDetails;
  track: TrackDetails;
  omission: OmissionDetails;
  backend: BackendDetails;
  gap: GapDetails;
};

/** A signal whose details are known by its kind. */
export type Fact<K extends SignalKind> = Omit<Signal, 'kind' | 'details'> & { kind: K; details: DetailsOf[K] };

/** Narrows a signal made by this version of the facts code (signals of another version are remade, not read). */
export const isFact = <K extends SignalKind>(signal: Signal, kind: K): signal is Fact<K> => signal.kind === kind;
