/** What a recorded address is replaced by when it would leave the machine: an empty resource. */
export const BLOCKED_URL = 'data:,';

/** Bytes carried in the address itself, of types that cannot name further addresses (no text, no playlists). */
const LOCAL_DATA = /^data:(?:[,;]|(?:image|font|audio|video)\/|application\/(?:x-)?font|application\/octet-stream)/i;
const PLAYLIST = /^data:[^,]*(?:mpegurl|dash)/i;

/** Schemes that fetch or open something; other words before a colon are plain text. */
const FETCHING =
  /^(?:(?:https?|wss?|ftps?|file|filesystem|smb|app|replay|traceflow|capacitor|javascript|vbscript):|[\\/]{2})/i;

/** As the URL parser sees it: leading control characters and spaces are skipped, tabs and line ends vanish. */
const bare = (url: string): string => url.replace(/^[\0-\x20]+|[\t\n\r]/g, '');

/** True for an address that loads nothing from anywhere: empty, a fragment of the page, inline bytes, a dead blob. */
export function isLocalUrl(url: string): boolean {
  const address = bare(url);
  if (address === '' || address.startsWith('#') || /^(?:blob:|about:blank$)/i.test(address)) return true;
  return LOCAL_DATA.test(address) && !PLAYLIST.test(address);
}

/** True for text that, used as an address, would reach out or run; used where text and addresses look alike. */
export const looksRemote = (text: string): boolean => FETCHING.test(bare(text));

/** The addresses of a `srcset` value, by the candidate grammar of the HTML standard. */
export function srcsetUrls(value: string): string[] {
  const urls: string[] = [];
  let at = 0;
  while (at < value.length) {
    const start = skip(value, at, /[\s,]/);
    const end = skip(value, start, /\S/);
    if (end === start) break;
    const url = value.slice(start, end);
    const bareUrl = url.replace(/,+$/, '');
    urls.push(bareUrl);
    at = url.length > bareUrl.length ? end : skip(value, end, /[^,]/);
  }
  return urls;
}

function skip(text: string, from: number, over: RegExp): number {
  let at = from;
  while (at < text.length && over.test(text.charAt(at))) at++;
  return at;
}
