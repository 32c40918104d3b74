import type { PackageRequest } from './fpm-arguments.ts';

/** Debian's names for what electron-builder calls by others. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'amd64', x64: 'amd64', aarch64: 'arm64' };

/** The first line is the synopsis; further lines are indented and an empty one is a dot (Debian policy 5.6.13). */
function descriptionField(text: string): string {
  const [synopsis = '', ...rest] = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  return [synopsis, ...rest.map((line) => ` ${line === '' ? '.' : line}`)].join('\n');
}

/** The text of DEBIAN/control. @param installedKiB what the files take on disk */
export function controlFile(request: PackageRequest, installedKiB: number): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Package', request.name],
    ['Version', request.version],
    ['Architecture', ARCHITECTURES[request.architecture] ?? request.architecture],
    ['Maintainer', request.maintainer],
    ['Vendor', request.vendor],
    ['License', request.license],
    ['Homepage', request.homepage],
    ['Section', request.section ?? 'misc'],
    ['Priority', request.priority],
    ['Installed-Size', String(installedKiB)],
    ['Depends', request.depends.join(', ')],
    ['Recommends', request.recommends.join(', ')],
    ['Description', descriptionField(request.description)],
  ];
  return fields.flatMap(([name, value]) => (value ? [`${name}: ${value}\n`] : [])).join('');
}
