import fc from 'fast-check';

const chars = (alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const DIGITS = '0123456789';
const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const WORD = `${LOWER}${LOWER.toUpperCase()}${DIGITS}`;

/** A card number with a right check digit, in groups or not. */
const card = fc.tuple(chars(DIGITS, 14), fc.constantFrom('', ' ', '-')).map(([tail, between]) => {
  const body = `4${tail}`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (`${body}${(10 - (sum % 10)) % 10}`.match(/.{4}/g) ?? []).join(between);
});

/** Keys have digits in them; one that has none by chance is not told from a word. */
const mixed = (minLength: number): fc.Arbitrary<string> =>
  chars(WORD, minLength, minLength + 20).map((text) => `${text.slice(0, 4)}7${text.slice(4)}3`);

/** What must never leave, by kind. */
export const SECRETS = {
  email: fc
    .tuple(chars(`${WORD}._+-`, 3, 12), chars(LOWER, 3, 10), fc.constantFrom('test', 'co.uk', 'de'))
    .map(([name, host, end]) => `${name}x@${host}.${end}`),
  'encoded email': chars(LOWER, 3, 12).map((name) => `${name}%40acme.test`),
  card,
  phone: fc.oneof(
    chars(DIGITS, 8, 11).map((digits) => `+49 ${digits}`),
    fc.tuple(chars(DIGITS, 3), chars(DIGITS, 3), chars(DIGITS, 4)).map(([a, b, c]) => `(${a}) ${b}-${c}`),
    fc.tuple(chars(DIGITS, 3), chars(DIGITS, 3), chars(DIGITS, 4)).map((parts) => parts.join('-')),
  ),
  iban: chars(DIGITS, 18).map((digits) => `DE${digits.slice(0, 2)} ${digits.slice(2).match(/.{4}/g)?.join(' ')}`),
  'customer number': chars(DIGITS, 6, 12),
  uuid: chars(HEX, 32).map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')),
  'session hash': chars(HEX, 22).map((hex) => `a1${hex}`),
  'json web token': fc.tuple(mixed(20), mixed(30), mixed(20)).map(([a, b, c]) => `eyJ${a}.${b}.${c}`),
  'api key': fc
    .tuple(fc.constantFrom('sk-', 'ghp_', 'xoxb-', 'AKIA', 'tfr_'), mixed(16))
    .map((parts) => parts.join('')),
  'unknown key': mixed(24),
  'network address': fc.tuple(fc.integer({ min: 100, max: 255 }), fc.nat(255)).map(([a, b]) => `${a}.${b}.13.200`),
} as const satisfies Record<string, fc.Arbitrary<string>>;

/** Where they stand in texts. */
export const SURROUNDINGS: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['Hello ', ', your order is ready'],
  ['"', '"'],
  ['(', ')'],
  ['{"value":"', '","total":500}'],
  ['GET https://shop.test/search?q=', '&page=2 -> 500'],
  ['Error: no such entry: ', '.'],
  ['/account/', '/orders'],
  ['password=', ';'],
  ['Authorization: Bearer ', ' was refused'],
  ['[', ']'],
  ['\t', '\n'],
];
