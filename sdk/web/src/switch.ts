import type { Options, Recorder } from './options.ts';
import type { Recording } from './recorder.ts';

/** What a switch needs from outside. */
export interface SwitchDeps {
  readonly options: Options;
  /** Starts to record. @throws when it cannot. */
  readonly start: () => Recording;
  /** Where an opt-out is remembered; absent where the browser refuses storage. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
  /** The person's browser asks not to be followed (Global Privacy Control). */
  readonly privacyControl: boolean;
  readonly warn: (error: unknown) => void;
}

/** What the page says before it may be recorded is kept for then, so much of it. */
const MAX_KEPT = 200;

/**
 * The recorder as the page has it: it decides whether there is a recording at all. Until then, and after an opt-out,
 * nothing is hooked, stored or sent. None of its members throws or rejects.
 */
export function createSwitch({ options, start, storage, privacyControl, warn }: SwitchDeps): Recorder {
  const name = `traceflow ${options.key} out`;
  let recording: Recording | undefined;
  let kept: ((recording: Recording) => void)[] = [];
  let over = false;

  const attempt = <T>(body: () => T): T | undefined => {
    try {
      return body();
    } catch {
      return undefined; // storage refused: the choice then lasts as long as the page
    }
  };
  let out = attempt(() => storage?.getItem(name)) === '1';
  const begin = (): void => {
    if (recording || out || over) return;
    try {
      recording = start();
    } catch (error) {
      over = true;
      warn(error);
      return;
    }
    for (const say of kept) say(recording);
    kept = [];
  };
  const say = (body: (recording: Recording) => void): void => {
    if (recording) body(recording);
    else if (!over && kept.length < MAX_KEPT) kept.push(body);
  };

  const asked = options.waitForConsent || (options.honourGlobalPrivacyControl && privacyControl);
  if (!asked) begin();
  return {
    get sessionId() {
      return recording?.sessionId ?? '';
    },
    identify: (user) => say((running) => running.identify(user)),
    track: (event, data) => recording?.track(event, data),
    tag: (tag, value) => say((running) => running.tag(tag, value)),
    flag: (flag, value) => say((running) => running.flag(flag, value)),
    captureException: (error) => recording?.captureException(error),
    pause: () => recording?.pause(),
    resume() {
      if (recording) recording.resume();
      else begin();
    },
    optOut() {
      out = true;
      attempt(() => storage?.setItem(name, '1'));
      recording?.discard();
      recording = undefined;
      kept = [];
    },
    optIn() {
      out = false;
      attempt(() => storage?.removeItem(name));
      begin();
    },
    flush: () => recording?.flush() ?? Promise.resolve(),
    stop() {
      over = true;
      const last = recording;
      recording = undefined;
      return last?.stop() ?? Promise.resolve();
    },
  };
}
