import type { Options, Recorder } from './options.ts';
import { createRecorder } from './recorder.ts';

export type { Options, PrivacyOptions, Recorder, User } from './options.ts';

/** Does nothing, for where nothing can or shall be recorded. */
const inert = (): Recorder => ({
  sessionId: '',
  identify: () => undefined,
  flush: () => Promise.resolve(),
  stop: () => Promise.resolve(),
});

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
  try {
    if (!options.server || !options.key) throw new Error('options.server and options.key are needed');
    const recorder = createRecorder(page, options);
    const slotted: Recorder = {
      get sessionId() {
        return recorder.sessionId;
      },
      identify: recorder.identify,
      flush: recorder.flush,
      stop() {
        if (page[SLOT] === slotted) page[SLOT] = undefined;
        return recorder.stop();
      },
    };
    Object.defineProperty(page, SLOT, { value: slotted, configurable: true, writable: true });
    return slotted;
  } catch (error) {
    console.warn('[traceflow] nothing is recorded:', error instanceof Error ? error.message : error);
    return inert();
  }
}
