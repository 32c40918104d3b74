import type { Options, Recorder } from './options.ts';
import { createRecording } from './recorder.ts';
import { visitStorage } from './session/storage.ts';
import { createSwitch } from './switch.ts';

export type { NetworkOptions, Options, PrivacyOptions, Recorder, TrackData, TrackValue, User } from './options.ts';

/** Does nothing, for where nothing can or shall be recorded. */
const inert = (): Recorder => {
  const nothing = () => undefined;
  const settled = () => Promise.resolve();
  return {
    ...{ sessionId: '', identify: nothing, track: nothing, tag: nothing, flag: nothing, captureException: nothing },
    ...{ pause: nothing, resume: nothing, optOut: nothing, optIn: nothing, flush: settled, stop: settled },
  };
};

/** Where a page keeps its recorder, so that a second `init` (or a second copy of this program) finds the first. */
const SLOT: unique symbol = Symbol.for('traceflow.recorder');

interface Slotted {
  [SLOT]?: Recorder | undefined;
}

/**
 * Starts to record the page and sends what is recorded to the server. Never throws: where it cannot start, it warns on the
 * console and returns a recorder that does nothing. On a page that is being recorded it returns the running recorder.
 */
export function init(options: Options): Recorder {
  if (typeof window === 'undefined' || options?.disabled) return inert();
  const page: Window & typeof globalThis & Slotted = window;
  if (page[SLOT]) return page[SLOT];
  let failed = false;
  const warn = (error: unknown): void => {
    failed = true;
    console.warn('[traceflow] nothing is recorded:', error instanceof Error ? error.message : error);
  };
  try {
    if (!options.server || !options.key) throw new Error('options.server and options.key are needed');
    const { globalPrivacyControl } = page.navigator as { readonly globalPrivacyControl?: boolean };
    const recorder = createSwitch({
      ...{ options, warn, start: () => createRecording(page, options), storage: visitStorage(page) },
      privacyControl: globalPrivacyControl === true,
    });
    if (failed) return inert();
    const { stop } = recorder;
    recorder.stop = () => {
      if (page[SLOT] === recorder) page[SLOT] = undefined;
      return stop();
    };
    Object.defineProperty(page, SLOT, { value: recorder, configurable: true, writable: true });
    return recorder;
  } catch (error) {
    warn(error);
    return inert();
  }
}
