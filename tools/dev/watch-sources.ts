import { existsSync, type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../setup/checkout.ts';

/** Editors write a file in several steps; one change is announced when they have been quiet for this long. */
const QUIET_MS = 150;

const FOLDERS = ['shared', 'main', 'server', 'preload', 'renderer', 'sdk'];
const IGNORED = /(^|[\\/])(node_modules|dist|out)[\\/]|~$|\.sw.$/;

/** Calls `changed` after sources have changed and come to rest. @returns what stops it */
export function watchSources(changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers: FSWatcher[] = FOLDERS.filter((folder) => existsSync(join(CHECKOUT, folder))).map((folder) =>
    watch(join(CHECKOUT, folder), { recursive: true }, (_event, name) => {
      if (name && IGNORED.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(changed, QUIET_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
