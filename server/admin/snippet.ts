import { SDK_PATH } from '../http/sdk-route.ts';

/** The lines to paste into a page so that it is recorded. */
export function snippet({ url, writeKey }: { readonly url: string; readonly writeKey: string }): string {
  const server = url.replace(/\/+$/, '');
  const text = (value: string) => JSON.stringify(value).replaceAll('<', '\\u003c');
  return [
    '<script type="module">',
    `  import { init } from ${text(server + SDK_PATH)};`,
    `  init({ server: ${text(server)}, key: ${text(writeKey)} });`,
    '</script>',
  ].join('\n');
}
