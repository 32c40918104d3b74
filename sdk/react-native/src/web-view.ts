/** Where a page inside an app finds which session it belongs to. `@traceflow/web` looks for it under the same name. */
const SLOT = 'traceflow.session';

/** A text inside a script, so that nothing in it ends the script or the text. */
const literal = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * A script that tells a page the session it belongs to, if the page is of one of these origins: the same script runs in
 * whatever page the view goes to. Ends in `true`, as React Native wants it. Empty origins or an empty session tell nobody.
 */
export function webViewScript(session: string, origins: readonly string[]): string {
  if (session === '' || origins.length === 0) return 'true;';
  const name = `Symbol.for(${literal(SLOT)})`;
  return `(function(){if(window.top!==window||${literal(origins)}.indexOf(location.origin)<0)return;window[${name}]=${literal(session)};})();true;`;
}
