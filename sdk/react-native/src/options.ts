import type { NetworkOptions, Recorder, User } from '../../web/src/options.ts';
import type { NavigationContainer } from './capture/screens.ts';
import type { AppStorage } from './delivery/storage.ts';

/** What `init` needs to know. */
export interface AppOptions {
  /** Origin (and path) of the TRACEFLOW server, for instance `https://traceflow.example.com`. */
  readonly server: string;
  /** The project's public write key. */
  readonly key: string;
  /** Version of the app, as its makers name it. */
  readonly release?: string;
  readonly user?: User;
  readonly network?: NetworkOptions;
  /** `AsyncStorage`, or something of its shape: without it a visit ends with the app, and what was not sent is lost. */
  readonly storage?: AppStorage;
  /** The ref of React Navigation's container; apps without it call `screen`. */
  readonly navigation?: NavigationContainer;
  /** Records nothing and touches nothing. */
  readonly disabled?: boolean;
  /** Records and sends nothing until `resume()`: for apps that ask first. */
  readonly waitForConsent?: boolean;
}

/** A running (or, where it could not start, an inert) recorder. None of its members ever throws or rejects. */
export interface AppRecorder extends Recorder {
  /** Another screen is shown: `Cart`, or `Shop/Cart` for one inside another. */
  screen(name: string): void;
  /**
   * A script for `injectedJavaScriptBeforeContentLoaded` of a WebView: the web SDK in its pages then records under this
   * session. Only pages of these origins (`https://shop.example.com`) are told. To be made anew when the session changes.
   */
  webViewScript(origins: readonly string[]): string;
}
