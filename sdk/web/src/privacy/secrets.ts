import { scrub } from './text.ts';

/** Names of headers, parameters and keys whose values are credentials or personal, wherever the word stands in the name. */
const SECRET =
  /pass|pwd|secret|token|auth|cookie|session|credential|api-?_?key|signature|card|cvv|cvc|iban|ssn|pin$|email|phone|birth/i;

/** What stands in the place of a secret. */
export const HIDDEN = '<hidden>';

/** Whether values under this name must not be kept. */
export const isSecretName = (name: string): boolean => SECRET.test(name);

/** A JSON value without what stands under secret names, and with its strings scrubbed. Bounded in depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'number') return scrub(String(value)) === String(value) ? value : HIDDEN;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= 12) return '…';
  if (Array.isArray(value)) return value.slice(0, 200).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      scrub(key),
      isSecretName(key) && inner !== null ? HIDDEN : redact(inner, depth + 1),
    ]),
  );
}
