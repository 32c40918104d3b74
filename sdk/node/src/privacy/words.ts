import { cut } from '../../../web/src/captured.ts';
import { scrub } from '../../../web/src/privacy/text.ts';

/** Who logs in in `postgres://user:password@host`. */
const LOGIN = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/]+(?=@)/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** Keys of services that begin alike: AWS, Stripe, GitHub, Slack, Google, OpenAI, and ours. */
const SERVICE_KEY =
  /\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|[rs]k_(?:live|test)_\w{8,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|xox[abposr]-[\w-]{10,}|AIza[\w-]{35}|sk-[\w-]{20,}|tf[rw]_\w{32})/g;

/** Text of a program that is otherwise kept, without what is or names a secret; cut to `max` characters. */
export const said = (text: string, max: number): string =>
  // Cut first, so that the patterns never run over megabytes.
  cut(
    scrub(
      cut(text, 2 * max)
        .replace(PRIVATE_KEY, '<key>')
        .replace(LOGIN, '$1<hidden>')
        .replace(SERVICE_KEY, '<token>'),
    ),
    max,
  );
