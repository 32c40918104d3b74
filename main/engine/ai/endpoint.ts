import type { ModelPrivacy } from '../../../shared/ipc/model-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import { isLoopback, serverUrl } from '../server-client/server-url.ts';

/** An OpenAI-compatible endpoint and the model to ask there. */
export interface Endpoint {
  /** Without a slash at its end, for instance `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Null where none is needed. */
  readonly key: string | null;
}

/** Host and port, as people name an endpoint. */
export const hostOf = (baseUrl: string): string => new URL(baseUrl).host;

/** Where the questions go. */
export const completionsUrl = (baseUrl: string): string => `${baseUrl}/chat/completions`;

/**
 * An endpoint as people write it, made whole. The address of the completions call itself is accepted too.
 * @throws AppError `bad-request`.
 */
export function endpointOf(input: { readonly baseUrl: string; readonly model: string }): Omit<Endpoint, 'key'> {
  const model = input.model.trim();
  if (model === '') throw new AppError('bad-request', 'Say which model to ask, as the endpoint names it.');
  return { baseUrl: serverUrl(input.baseUrl).replace(/\/chat\/completions$/, ''), model };
}

/** @throws AppError `bad-request` when a packet may not go there. */
export function assertAllowed(baseUrl: string, privacy: ModelPrivacy): void {
  if (privacy === 'redacted' || isLoopback(baseUrl)) return;
  const reason = `Nothing was sent: "local only" allows a model on this machine alone, and ${hostOf(baseUrl)} is another one.`;
  throw new AppError('bad-request', `${reason} Use a local address or choose "redacted" in the model's settings.`);
}

/** What should be known about the way there. */
export const warningAbout = (baseUrl: string): string | null =>
  baseUrl.startsWith('http:') && !isLoopback(baseUrl)
    ? 'The connection is not encrypted: others in the network can read what is sent, the key included.'
    : null;
