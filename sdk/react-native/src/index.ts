import { AppState, Dimensions, Platform } from 'react-native';
// What is touched is told nowhere else before the app's own handlers run.
import RawEventEmitter from 'react-native/Libraries/Core/RawEventEmitter';
import { createSwitch } from '../../web/src/switch.ts';
import type { ErrorUtils, Hermes } from './capture/failures.ts';
import { remember } from './delivery/storage.ts';
import { later } from './later.ts';
import type { AppOptions, AppRecorder } from './options.ts';
import { type AppRecording, createRecording, storedNames } from './recorder.ts';
import type { FabricUiManager } from './wireframe/measure.ts';
import { watchRoots } from './wireframe/roots.ts';

export type { NetworkOptions, TrackData, TrackValue, User } from '../../web/src/options.ts';
export type { NavigationContainer } from './capture/screens.ts';
export type { AppStorage } from './delivery/storage.ts';
export type { AppOptions, AppRecorder } from './options.ts';
export { Block, Ignore, Mask, Unmask } from './privacy/marks.ts';

/** What React Native keeps in its global object, as far as it is used. */
interface AppGlobals {
  readonly ErrorUtils?: ErrorUtils;
  readonly HermesInternal?: Hermes;
  readonly nativeFabricUIManager?: FabricUiManager;
  /** A development build, whose own tools follow rejections. */
  readonly __DEV__?: boolean;
}

/** Where an app keeps its recorder, so that a second `init` (a reload of the code) finds the first. */
const SLOT: unique symbol = Symbol.for('traceflow.recorder');

/** Does nothing, for where nothing can or shall be recorded. */
const inert = (): AppRecorder => {
  const nothing = () => undefined;
  const settled = () => Promise.resolve();
  return {
    ...{ sessionId: '', identify: nothing, track: nothing, tag: nothing, flag: nothing, captureException: nothing },
    ...{ pause: nothing, resume: nothing, optOut: nothing, optIn: nothing, flush: settled, stop: settled },
    ...{ screen: nothing, webViewScript: () => 'true;' },
  };
};

/**
 * Starts to record the app and sends what is recorded to the server. To be called before anything of React Native is
 * rendered: first thing in the app's entry file. Never throws: where it cannot start, it warns on the console and returns a
 * recorder that does nothing. In an app that is being recorded it returns the running recorder.
 */
export function init(options: AppOptions): AppRecorder {
  const app = globalThis as unknown as Window & typeof globalThis & AppGlobals & { [SLOT]?: AppRecorder | undefined };
  if (options?.disabled) return inert();
  if (app[SLOT]) return app[SLOT];
  const warn = (error: unknown): void =>
    console.warn('[traceflow] nothing is recorded:', error instanceof Error ? error.message : error);
  try {
    if (!options.server || !options.key) throw new Error('options.server and options.key are needed');
    // Now and not later: React looks once, when its renderer is loaded.
    const roots = watchRoots(app as unknown as Record<string, unknown>);
    const start = async (): Promise<AppRecorder> => {
      const names = storedNames(options.key);
      const memory = await remember(options.storage, Object.values(names));
      const { system, systemVersion } = { system: Platform.OS, systemVersion: String(Platform.Version) };
      const size = () => {
        const { width, height } = Dimensions.get('window');
        return { width: Math.round(width), height: Math.round(height) };
      };
      let recording: AppRecording | undefined;
      const begin = (): AppRecording => {
        recording = createRecording(
          {
            ...{ app, roots, appState: AppState, events: RawEventEmitter, fabric: app.nativeFabricUIManager },
            ...{ device: { system, systemVersion, size }, errorUtils: app.ErrorUtils },
            hermes: app.__DEV__ ? undefined : app.HermesInternal,
          },
          options,
          memory,
        );
        return recording;
      };
      const made = createSwitch({ options, warn, start: begin, storage: memory, privacyControl: false });
      const { stop } = made;
      return Object.assign(made, {
        screen: (name: string) => recording?.screen(name),
        webViewScript: (origins: readonly string[]) => (made.sessionId && recording?.webViewScript(origins)) || 'true;',
        stop() {
          app[SLOT] = undefined;
          return stop();
        },
      });
    };
    const recorder = later(
      start().catch((error: unknown) => {
        warn(error);
        return inert();
      }),
    );
    app[SLOT] = recorder;
    return recorder;
  } catch (error) {
    warn(error);
    return inert();
  }
}
