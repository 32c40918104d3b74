import type { PassedOn } from './package-closure.ts';

const RULE = '-'.repeat(80);

/** The whole of THIRD-PARTY-NOTICES.txt. */
export function noticesText(packages: readonly PassedOn[]): string {
  const sections = packages.map(({ name, version, license, origin, texts }) =>
    [
      RULE,
      `${name} ${version}`,
      `Licence: ${license}`,
      `Origin: ${origin}`,
      '',
      ...(texts.length > 0 ? texts : ['(The package contains no licence text.)']),
      '',
    ].join('\n'),
  );
  return [
    'TRACEFLOW contains the following software of others, each under its own licence.',
    'Made by "npm run notices" from the packages that the sources import and all they depend on.',
    '',
    'Electron, Chromium and Node.js: see LICENSE.electron.txt and LICENSES.chromium.html beside the installed program.',
    '',
    ...sections,
  ].join('\n');
}
