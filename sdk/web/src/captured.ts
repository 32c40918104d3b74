import type {
  CAPTURED,
  CapturedAction,
  CapturedConsole,
  CapturedEffect,
  CapturedError,
  CapturedNavigation,
  CapturedRequest,
  CapturedSession,
} from '../../../shared/model/captured.ts';

/** The plugin names of `CAPTURED`, spelled again because the page must not load the schemas behind them; the type keeps both equal. */
export const PLUGIN: typeof CAPTURED = {
  session: 'traceflow/session@1',
  navigation: 'traceflow/navigation@1',
  action: 'traceflow/action@1',
  effect: 'traceflow/effect@1',
  request: 'traceflow/request@1',
  console: 'traceflow/console@1',
  error: 'traceflow/error@1',
};

/** What each kind of captured event carries. */
export interface Payloads {
  readonly session: CapturedSession;
  readonly navigation: CapturedNavigation;
  readonly action: CapturedAction;
  readonly effect: CapturedEffect;
  readonly request: CapturedRequest;
  readonly console: CapturedConsole;
  readonly error: CapturedError;
}

/** Records one captured event, now. */
export type Emit = <K extends keyof Payloads>(kind: K, payload: Payloads[K]) => void;

/** Cuts a text to `max` characters; the cut shows. */
export const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);
