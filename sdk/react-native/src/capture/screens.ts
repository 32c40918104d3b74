import { cut, type Emit } from '../../../web/src/captured.ts';
import { maskUrl } from '../../../web/src/privacy/url.ts';

/** One place of a navigator, as React Navigation has it. */
export interface Route {
  readonly name: string;
  readonly params?: unknown;
  readonly state?: NavigationState | undefined;
}

/** What a navigator shows and keeps. */
export interface NavigationState {
  readonly index?: number;
  readonly routes: readonly Route[];
}

/** The part of React Navigation's container ref that is used. */
export interface NavigationContainer {
  getRootState(): NavigationState | undefined;
  addListener(type: 'state', listener: () => void): () => void;
}

/** Navigators in navigators; deeper ones are not looked into. */
const MAX_DEPTH = 12;

/** Plain parameters, for the address; others are things of the app. */
const query = (params: unknown): string =>
  Object.entries(typeof params === 'object' && params !== null ? params : {})
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');

/** The address of a screen: its path through the navigators, with the values of its parameters masked. */
export const screenUrl = (names: readonly string[], params?: unknown): string => {
  const values = query(params);
  return cut(`app:${maskUrl(`/${names.map(encodeURIComponent).join('/')}${values ? `?${values}` : ''}`)}`, 2_000);
};

/** Where a navigator is, and how many screens it keeps on the way there. */
function placeOf(state: NavigationState): { readonly url: string; readonly depth: number } {
  const names: string[] = [];
  let params: unknown;
  let depth = 0;
  for (let at: NavigationState | undefined = state; at && names.length < MAX_DEPTH; ) {
    const route: Route | undefined = at.routes[at.index ?? at.routes.length - 1];
    if (!route) break;
    depth += at.routes.length;
    names.push(route.name);
    params = route.params;
    at = route.state;
  }
  return { url: screenUrl(names, params), depth };
}

/** The screen that is shown. */
export interface Screens {
  url(): string;
  /** The app says which screen it shows. */
  show(name: string): void;
  /** Follows React Navigation. @returns what ends that. */
  follow(container: NavigationContainer): () => void;
}

/** @param emit records a change of the screen. */
export function createScreens(emit: Emit, onChange: () => void): Screens {
  let shown = { url: 'app:/', depth: 0 };
  const move = (next: typeof shown): void => {
    if (next.url === shown.url) return;
    // The first screen is no step from another one.
    const isStep = shown.depth > 0 && next.depth !== shown.depth;
    const kind = isStep ? (next.depth > shown.depth ? 'push' : 'pop') : 'replace';
    shown = next;
    emit('navigation', { kind, url: next.url });
    onChange();
  };
  return {
    url: () => shown.url,
    show: (name) => move({ url: screenUrl(name.split('/').filter(Boolean)), depth: shown.depth || 1 }),
    follow(container) {
      const look = (): void => {
        const state = container.getRootState();
        if (state) move(placeOf(state));
      };
      look();
      return container.addListener('state', look);
    },
  };
}
