import { AppError } from '../../../shared/lib/app-error.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether an address is this machine, where plain http is as good as https. */
export const isLoopback = (url: string): boolean => LOOPBACK.test(new URL(url).hostname);

/**
 * The address of a server as people write it, made whole: https unless they say otherwise (http on this machine), no
 * trailing slash, no query.
 * @throws AppError `bad-request`.
 */
export function serverUrl(text: string): string {
  const written = text.trim();
  const bare = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  if (written === '' || !URL.canParse(bare))
    throw new AppError('bad-request', `"${written}" is not an address of a server.`);
  const url = new URL(bare);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new AppError('bad-request', `A server's address begins with https:// or http://, not ${url.protocol}//.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('bad-request', 'Leave user name and password out of the address: the token is the key.');
  }
  if (bare !== written && LOOPBACK.test(url.hostname)) url.protocol = 'http:';
  return (url.origin + url.pathname).replace(/\/+$/, '');
}
