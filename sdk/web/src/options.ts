/** Who is using the page, as the page's own system knows them. */
export interface User {
  readonly id: string;
  readonly name?: string;
}

/** What a tag, a flag or a field of an event can be. */
export type TrackValue = string | number | boolean | null;

/** Fields of an event; other values become short texts. */
export type TrackData = Readonly<Record<string, unknown>>;

/** Selectors beside the attributes `data-tf-unmask`, `-mask`, `-block` and `-ignore`, for markup that cannot be edited. */
export interface PrivacyOptions {
  /** Text under these elements is recorded as it is (never what is typed into fields). */
  readonly unmask?: string;
  /** Text under these elements is masked, whatever lies around or inside. */
  readonly mask?: string;
  /** These elements are recorded as an empty box of the same size. */
  readonly block?: string;
  /** What a person does with these elements is not recorded; how they look is. */
  readonly ignore?: string;
}

/** What may be kept of requests beyond addresses, times and shapes. */
export interface NetworkOptions {
  /** Names of headers to keep beside the harmless ones that always are. Credentials keep only that they were there. */
  readonly headers?: readonly string[];
  /** Addresses whose bodies are kept, redacted: each a text they contain or an expression they match. Default: none. */
  readonly bodies?: readonly (string | RegExp)[];
  /**
   * Addresses beside the page's own origin (each by its beginning, or an expression it matches) whose backend is told what it
   * answers, by the headers `traceparent` and `traceflow-session`. False for none, not even the own origin.
   */
  readonly trace?: readonly (string | RegExp)[] | false;
}

/** What `init` needs to know. */
export interface Options {
  /** Origin (and path) of the TRACEFLOW server, for instance `https://traceflow.example.com`. */
  readonly server: string;
  /** The project's public write key. */
  readonly key: string;
  /** Version of the page's program, as its makers name it. */
  readonly release?: string;
  readonly user?: User;
  readonly privacy?: PrivacyOptions;
  readonly network?: NetworkOptions;
  /** Records nothing and touches nothing. */
  readonly disabled?: boolean;
  /** Touches nothing until `resume()`: for pages that ask first. */
  readonly waitForConsent?: boolean;
  /** The same where the browser sends the Global Privacy Control signal. */
  readonly honourGlobalPrivacyControl?: boolean;
}

/** A running (or, where it could not start, an inert) recorder. None of its members ever throws or rejects. */
export interface Recorder {
  /** The visit being recorded; changes after 30 idle minutes. Empty when nothing is recorded. */
  readonly sessionId: string;
  /** Names the person from here on. */
  identify(user: User): void;
  /** Something happened that the page has a name for. */
  track(name: string, data?: TrackData): void;
  /** A property of the visit, until it gets another value. */
  tag(name: string, value: TrackValue): void;
  /** Which variant of a feature the person sees. */
  flag(name: string, value: TrackValue): void;
  /** An error that the page caught. */
  captureException(error: unknown): void;
  /** Records nothing until `resume()`; that it was paused is recorded. */
  pause(): void;
  /** Goes on after `pause()`, or begins after `waitForConsent`. */
  resume(): void;
  /** Ends the recording, forgets what was not sent yet, and begins no other on this origin until `optIn()`. */
  optOut(): void;
  /** Takes an opt-out back and begins to record. */
  optIn(): void;
  /** Settles when all recorded so far is stored by the server, or when sending it failed once (it stays queued). */
  flush(): Promise<void>;
  /** Ends the recording, takes all hooks out of the page, and sends what is left. */
  stop(): Promise<void>;
}
