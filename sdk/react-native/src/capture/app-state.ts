import type { Emit } from '../../../web/src/captured.ts';
import type { Clock } from '../../../web/src/clock.ts';
import type { Scope } from '../../../web/src/scope.ts';

/** React Native's module of this name, as far as it is used. */
export interface AppState {
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void };
}

/** What following the app's state needs. */
export interface AppStateDeps {
  readonly emit: Emit;
  readonly clock: Clock;
  /** The person is back. */
  readonly onShown: () => void;
  /** The app may end here without another word. */
  readonly onHidden: () => void;
}

/** Records when the app goes to the background and comes back, under the words that pages have for it. */
export function captureAppState(
  appState: AppState,
  scope: Scope,
  { emit, clock, onShown, onHidden }: AppStateDeps,
): void {
  let shown = true;
  let since = clock.now();
  const changed = (isShown: boolean): void => {
    // `inactive` (a call comes in, the app switcher opens) comes before either.
    if (isShown === shown) return;
    shown = isShown;
    const at = clock.now();
    if (isShown) onShown();
    emit('state', { aspect: 'visibility', value: isShown ? 'visible' : 'hidden', durationMs: Math.max(0, at - since) });
    since = at;
    if (!isShown) onHidden();
  };
  const { remove } = subscribe(appState, (state) => {
    if (scope.active && state !== 'inactive') scope.run(() => changed(state === 'active'));
  });
  scope.onStop(remove);
}

const subscribe = (appState: AppState, listener: (state: string) => void): { remove: () => void } => {
  const subscription = appState.addEventListener('change', listener);
  return { remove: () => subscription.remove() };
};
