/** Which words in a user agent name which browser; the first that fits, because most also name those below them. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

/** The browser a user agent names, `Other` for one that is not listed, null when there is no user agent. */
export const browserOf = (userAgent: string | null): string | null =>
  userAgent === null || userAgent === '' ? null : (BROWSERS.find(([words]) => words.test(userAgent))?.[1] ?? 'Other');
