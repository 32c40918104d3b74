import { BLOCKED_URL, isLocalUrl, looksRemote } from './local-url.ts';

/** Text without any of these cannot name an address, not even through a custom property or an escape. */
const MAY_NAME_URL = /\\|@import|url\(|src\(|image-set|--/i;

/**
 * The same CSS with every address that is not inline bytes replaced and every `@import` left out. Works on style
 * sheets, declaration lists and single values; tokenises strings, comments and escapes as a browser does.
 * @param blocked hears each address that was taken out.
 */
export function safeCss(css: string, blocked: (url: string) => void): string {
  if (!MAY_NAME_URL.test(css)) return css;
  const scanner: Scanner = { css, at: 0 };
  const out: string[] = [];
  let copied = 0;
  const replace = (from: number, text: string): void => {
    out.push(css.slice(copied, from), text);
    copied = scanner.at;
  };
  while (scanner.at < css.length) {
    const from = scanner.at;
    const char = css.charAt(from);
    if (css.startsWith('/*', from)) skipComment(scanner);
    else if (char === '"' || char === "'") {
      const text = readString(scanner);
      if (looksRemote(text)) {
        blocked(text);
        replace(from, '""');
      }
    } else if (char === '@') {
      scanner.at++;
      const name = readName(scanner);
      if (name === 'import') {
        skipImport(scanner, blocked);
        replace(from, ' '); // a space, so that what stood before and after does not grow together
      } else if (name === 'namespace') skipTo(scanner, ';{}'); // names a namespace, loads nothing
    } else if (startsName(char)) {
      const url = readName(scanner) === 'url' && css.charAt(scanner.at) === '(' ? readUrl(scanner) : '';
      if (!isLocalUrl(url)) {
        blocked(url);
        replace(from, `url("${BLOCKED_URL}")`);
      }
    } else scanner.at++;
  }
  return out.length === 0 ? css : out.join('') + css.slice(copied);
}

interface Scanner {
  readonly css: string;
  at: number;
}

const startsName = (char: string): boolean => /[a-z_\\-]/i.test(char) || char > '\x7f';
const inName = (char: string): boolean => /[\w-]/.test(char) || char > '\x7f';
const isNewline = (char: string): boolean => char === '\n' || char === '\r' || char === '\f';

function skipComment(scanner: Scanner): void {
  const end = scanner.css.indexOf('*/', scanner.at + 2);
  scanner.at = end < 0 ? scanner.css.length : end + 2;
}

/** Reads an identifier with its escapes; lower case. */
function readName(scanner: Scanner): string {
  const { css } = scanner;
  let name = '';
  while (scanner.at < css.length) {
    const char = css.charAt(scanner.at);
    if (char === '\\') {
      if (isNewline(css.charAt(scanner.at + 1))) {
        if (name === '') scanner.at++;
        break;
      }
      name += readEscape(scanner);
    } else if (inName(char)) {
      name += char;
      scanner.at++;
    } else break;
  }
  return name.toLowerCase();
}

/** At a backslash: up to six hex digits and one white space, or the next character itself. */
function readEscape(scanner: Scanner): string {
  const hex = /^[0-9a-f]{1,6}/i.exec(scanner.css.slice(scanner.at + 1, scanner.at + 7))?.[0];
  if (!hex) {
    const literal = String.fromCodePoint(scanner.css.codePointAt(scanner.at + 1) ?? 0xfffd);
    scanner.at += 1 + literal.length;
    return literal;
  }
  scanner.at += 1 + hex.length;
  if (scanner.css.startsWith('\r\n', scanner.at)) scanner.at += 2;
  else if (/\s/.test(scanner.css.charAt(scanner.at))) scanner.at++;
  const code = Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

/** At a quote: the string's value; an unescaped line end or the end of the text also ends it. */
function readString(scanner: Scanner): string {
  const { css } = scanner;
  const quote = css.charAt(scanner.at++);
  let value = '';
  while (scanner.at < css.length) {
    const char = css.charAt(scanner.at);
    if (char === quote) {
      scanner.at++;
      break;
    }
    if (isNewline(char)) break;
    if (char === '\\') {
      if (css.startsWith('\\\r\n', scanner.at)) scanner.at += 3;
      else if (isNewline(css.charAt(scanner.at + 1))) scanner.at += 2;
      else value += readEscape(scanner);
    } else {
      value += char;
      scanner.at++;
    }
  }
  return value;
}

/** At the `(` of `url(`: reads to the closing parenthesis. @returns the address */
function readUrl(scanner: Scanner): string {
  const { css } = scanner;
  scanner.at++;
  while (/\s/.test(css.charAt(scanner.at))) scanner.at++;
  const quoted = css.charAt(scanner.at) === '"' || css.charAt(scanner.at) === "'";
  let url = quoted ? readString(scanner) : '';
  while (scanner.at < css.length && css.charAt(scanner.at) !== ')') {
    if (css.charAt(scanner.at) === '\\') {
      const escaped = readEscape(scanner);
      if (!quoted) url += escaped;
    } else {
      if (!quoted) url += css.charAt(scanner.at);
      scanner.at++;
    }
  }
  scanner.at++;
  return url.trim();
}

/** After `@import`: the rule ends at its semicolon; a closing brace belongs to the block around it. */
function skipImport(scanner: Scanner, blocked: (url: string) => void): void {
  skipTo(scanner, ';{}', blocked);
  if (scanner.css.charAt(scanner.at) === ';') scanner.at++;
}

function skipTo(scanner: Scanner, ends: string, found: (url: string) => void = () => {}): void {
  const { css } = scanner;
  while (scanner.at < css.length && !ends.includes(css.charAt(scanner.at))) {
    const char = css.charAt(scanner.at);
    if (css.startsWith('/*', scanner.at)) skipComment(scanner);
    else if (char === '"' || char === "'") found(readString(scanner));
    else if (startsName(char)) {
      if (readName(scanner) === 'url' && css.charAt(scanner.at) === '(') found(readUrl(scanner));
    } else scanner.at++;
  }
}
