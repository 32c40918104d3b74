import type { ServerSession } from '../../shared/wire/server-session.ts';

/** What a user agent tells. */
export type Agent = Pick<ServerSession, 'browser' | 'system' | 'device'>;

// In this order: most browsers name those they descend from as well.
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Headless)?(?:Chrome|CriOS|Chromium)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//],
];

const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['iPadOS', /\biPad\b/],
  ['iOS', /\b(?:iPhone|iPod)\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
];

const BOT = /bot\b|crawler|spider|\bHeadlessChrome\b|lighthouse/i;

/** Reads a user agent; what is not known stays null. An iPad that asks for desktop pages says it is a Mac, and counts as one. */
export function readUserAgent(text: string | null): Agent {
  if (text === null) return { browser: null, system: null, device: 'unknown' };
  const system = SYSTEMS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  return { browser: browserOf(text), system, device: deviceOf(text, system) };
}

function browserOf(text: string): string | null {
  for (const [name, pattern] of BROWSERS) {
    const [, version] = pattern.exec(text) ?? [];
    if (version) return `${name} ${version}`;
  }
  return null;
}

function deviceOf(text: string, system: string | null): Agent['device'] {
  if (BOT.test(text)) return 'bot';
  if (system === 'iPadOS' || (system === 'Android' && !/\bMobile\b/.test(text))) return 'tablet';
  if (system === 'iOS' || system === 'Android') return 'phone';
  return system === null ? 'unknown' : 'desktop';
}
