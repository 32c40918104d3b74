import type { Fact } from '../facts/details.ts';

type Request = Fact<'request'>;

/** Answered with 400 or more, or not at all. Aborted ones are not failures: the page, or the person, gave them up. */
export const isFailure = ({ details }: Request): boolean =>
  details.failure === null ? (details.status ?? 0) >= 400 : details.failure !== 'aborted';

/** Answered with 2xx and read without trouble. */
export const isSuccess = ({ details }: Request): boolean =>
  details.failure === null && details.status !== null && details.status >= 200 && details.status < 300;

const TELEMETRY = new Set(
  'analytics beacon collect telemetry metrics metric track tracking pixel stats rum ping log logs vitals'.split(' '),
);

/** Measurement traffic that no one at the page waits for: beacons, and addresses with a word that says so. */
export const isTelemetry = ({ details }: Request): boolean =>
  details.api === 'beacon' ||
  details.route
    .toLowerCase()
    .split(/[/._-]/)
    .some((word) => TELEMETRY.has(word));

/** `POST /api/orders`, with the host where it is another one. */
export const requestName = ({ details }: Request): string =>
  `${details.method} ${details.sameOrigin ? '' : details.origin}${details.route}`;

/** `500`, `network error`, `no answer`. */
export function outcomeName({ details }: Request): string {
  if (details.failure === 'parse') return `${details.status ?? 'an answer'} that is not what was asked for`;
  if (details.failure !== null) return details.failure === 'network' ? 'network error' : details.failure;
  return details.status === null ? 'no answer' : String(details.status);
}

/** Errors of code that met other data than it expects: reading from nothing, calling or looping over what is not there, unreadable JSON. */
const MISUSE = /TypeError|SyntaxError|undefined|null|not a function|not iterable|JSON|is not an object/;

/** Thrown by the page's code, and not a resource that did not load or a policy that forbade something. */
export const isThrown = ({ details }: Fact<'error'>): boolean =>
  details.type === 'error' || details.type === 'rejection';

/** Whether an error is one of unexpected data. A picture that did not load was thrown by nobody's code, whatever its text says. */
export const isMisuse = (trouble: Fact<'error'> | Fact<'console'>): boolean =>
  (trouble.kind === 'console' || isThrown(trouble)) &&
  MISUSE.test(`${trouble.kind === 'error' ? (trouble.details.name ?? '') : ''} ${trouble.text}`);
