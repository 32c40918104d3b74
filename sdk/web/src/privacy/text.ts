/** Replaces each letter, digit and mark by `*`; spaces and punctuation stay, so that the layout does. */
export const maskText = (text: string): string => text.replace(/[\p{L}\p{M}\p{N}]/gu, '*');

/** What was typed: one `*` a character; of a password not even the length. */
export const maskInput = (value: string, isPassword: boolean): string =>
  value === '' ? '' : '*'.repeat(isPassword ? 8 : value.length);

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu;
/** 14 to 19 digits, possibly in groups: what is printed on cards in use (ISO/IEC 7812). */
const CARD = /(?<!\d)\d(?:[ -]?\d){13,18}(?!\d)/g;

/** Luhn's check digit, which card numbers carry and other long numbers carry one time in ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** JSON Web Tokens (RFC 7519): a JSON object in base64url, so they begin alike. */
const JWT = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;
const CREDENTIALS = /\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi;
/** `password: "x"`, `token=x`: what is said to be a secret. */
const NAMED =
  /((?:pass(?:word|wd)?|pwd|secret|token|api[-_]?key|authorization|cookie|session(?:_?id)?|\bsid)["']?\s*[:=]\s*["']?)(?!<)[^\s"',;&}\])]+/gi;
/** Values of a query or fragment inside a text; line and column of a stack frame stay. */
const QUERY = /([?&#][\w.[\]-]+=)[^\s&#"'():,]+/g;

/** Takes e-mail addresses, card numbers and credentials out of text that is otherwise kept (console, errors, labels). */
export const scrub = (text: string): string =>
  text
    .replace(EMAIL, '<email>')
    .replace(CARD, (match) => (passesLuhn(match.replace(/[ -]/g, '')) ? '<card>' : match))
    .replace(JWT, '<token>')
    .replace(CREDENTIALS, '$1 <token>')
    .replace(NAMED, '$1<hidden>')
    .replace(QUERY, '$1~');
