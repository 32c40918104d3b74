/** What is taken out before anything leaves. `number` is a long run of digits of unknown meaning. */
export type RedactionKind =
  | 'email'
  | 'secret'
  | 'token'
  | 'card'
  | 'iban'
  | 'phone'
  | 'number'
  | 'id'
  | 'address'
  | 'query'
  | 'personal'
  | 'name';

/** Leaves a mark for a value. */
export type Mark = (kind: RedactionKind, value: string) => string;

/** One step of redaction over a piece of text without marks. When in doubt a rule takes out too much. */
export type RedactionRule = (text: string, mark: Mark) => string;

const all =
  (kind: RedactionKind, pattern: RegExp): RedactionRule =>
  (text, mark) =>
    text.replace(pattern, (value) => mark(kind, value));

/** Replaces the last group of a pattern and keeps what stands before it. */
const valueBehind =
  (kind: RedactionKind, pattern: RegExp): RedactionRule =>
  (text, mark) =>
    text.replace(pattern, (whole: string, ...groups: string[]) => {
      const value = groups[0] ?? '';
      return whole.slice(0, whole.length - value.length) + mark(kind, value);
    });

/** Values of a query; its keys stay. Values the recorder hashed (`~1f3a`) stay too: they say only what is equal. */
const queries: RedactionRule = (text, mark) =>
  text.replace(
    /((?:[a-z][a-z0-9+.-]*:\/\/|[/.])[^\s"'<>?]*)\?([^\s"'<>)]+)/gi,
    (_whole, before: string, query: string) =>
      `${before}?${query
        .split('&')
        .map((pair) => {
          const [name = '', ...rest] = pair.split('=');
          const value = rest.join('=');
          if (rest.length === 0) return mark('query', name);
          return value === '' || /^~[0-9a-f]{1,8}$/.test(value) ? pair : `${name}=${mark('query', value)}`;
        })
        .join('&')}`,
  );

const luhn = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

/** Six digits in a row, or seven with single separators between them: cards, phones, customer and order numbers. */
const digits: RedactionRule = (text, mark) =>
  text.replace(/\+?\(?\p{Nd}(?:[\s()./-]{0,2}\p{Nd}){5,}/gu, (value) => {
    const only = value.replace(/[^\p{Nd}]/gu, '');
    const together = /\p{Nd}{6,}/u.test(value);
    if (!together && only.length < 7) return value;
    if (only.length >= 13 && only.length <= 19 && luhn(only)) return mark('card', only);
    return mark(value.startsWith('+') || /[\s()./-]/.test(value) ? 'phone' : 'number', only);
  });

/** A long word of letters and digits mixed is a key, a hash or an encoded something. */
const mixtures: RedactionRule = (text, mark) =>
  text.replace(/[A-Za-z0-9_+/=~.-]{20,}/g, (word) =>
    // Paths, selectors and file names are long too: each part between separators is looked at by itself.
    word.replace(/[A-Za-z0-9_+=~-]{20,}/g, (part) =>
      (part.match(/\d/g)?.length ?? 0) >= 2 && /[a-z]/i.test(part) ? mark('token', part) : part,
    ),
  );

const SECRET_NAMES =
  'pass(?:word|wd|phrase|code)?|pwd|secret|(?:[a-z]+[-_ ]?)?token|(?:api|access|private|secret)[-_ ]?key|auth(?:orization)?|(?:set-)?cookie|session[-_ ]?id|sid|csrf|xsrf|otp|pin|cvc|cvv|ssn';
const PERSONAL_NAMES =
  'user(?:[-_ ]?(?:name|id))?|(?:first|last|full|given|family|sur|customer|account)[-_ ]?name|name|customer|street|address|city|zip|postcode|birthday|dob|phone|mobile|iban';
/** What stands behind a name in a body's shape (`{name:string}`) is a type, not a value. */
const NO_VALUE = '(?!(?:string|number|boolean|null|undefined|true|false|object|array)\\b)';
const VALUE = `"?'?\\s*[:=]\\s*(?:bearer |basic )?${NO_VALUE}`;

/** The rules in the order in which they are applied. */
export const REDACTION_RULES: readonly RedactionRule[] = [
  all('secret', /-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|$)/g),
  valueBehind('secret', /:\/\/([^\s/?#@]+)(?=@)/g),
  queries,
  all('email', /[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/giu),
  valueBehind('secret', new RegExp(`\\b(?:${SECRET_NAMES})${VALUE}["']?([^\\s"',;&}]+)`, 'gi')),
  valueBehind('secret', /\b(?:bearer|basic) +([A-Za-z0-9+/=._~-]{8,})/gi),
  valueBehind('personal', new RegExp(`\\b(?:${PERSONAL_NAMES})${VALUE}(?:"|')([^"']+)`, 'gi')),
  valueBehind('personal', new RegExp(`\\b(?:${PERSONAL_NAMES})${VALUE}([^\\s"'{[][^"',;&}]{0,60})`, 'gi')),
  all('token', /\beyJ[\w-]+(?:\.[\w-]*){1,2}/g),
  all(
    'token',
    /\b(?:sk|pk|rk|ghp|gho|ghs|github_pat|xox[abprs]|AKIA|ASIA|AIza|glpat|npm|tfw|tfr)[-_]?[A-Za-z0-9_-]{10,}/g,
  ),
  all('id', /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi),
  all('iban', /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g),
  all('address', /\b\d{1,3}(?:\.\d{1,3}){3}\b/g),
  all('address', /(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])/gi),
  all('address', /(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])/gi),
  all('id', /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b/gi),
  mixtures,
  digits,
];
