/** Where an app leaves the session of its recording for the pages it shows: `webViewScript` of `@traceflow/react-native`. */
const SLOT: unique symbol = Symbol.for('traceflow.session');

/** The session that the app around this page records; undefined in a browser. */
export function hostSession(page: Window & { readonly [SLOT]?: unknown }): string | undefined {
  const id = page[SLOT];
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : undefined;
}
