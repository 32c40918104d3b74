// What makes a bare Electron run an app folder given on the command line: `electron [switches] [-r module] <folder or file>`.
// Official builds carry their own; a runtime taken out of a packaged app does not. It must be an ES module that awaits
// the app's import at top level: Electron holds back 'ready' until then, and schemes can only be registered before it.

import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron/main';

const require = createRequire(import.meta.url);

/** Splits the command line into modules to load first and the app to run; the app reads its own switches itself. */
function readCommandLine(args) {
  const modules = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '-r' || args[i] === '--require') modules.push(args[++i]);
    else if (!args[i].startsWith('-')) return { modules, target: args[i] };
  }
  return { modules, target: undefined };
}

/** Tells Electron whose data folder, name and version it works for, then returns the file to run. */
function adopt(folder) {
  const about = require(join(folder, 'package.json'));
  if (about.version) app.setVersion(about.version);
  app.name = about.productName ?? about.name ?? app.name;
  app.setDesktopName(about.desktopName ?? `${app.name}.desktop`);
  app.setPath('userData', join(app.getPath('appData'), app.name));
  return require.resolve(folder);
}

const { modules, target } = readCommandLine(process.argv.slice(1));
if (!target) {
  console.error('usage: electron [switches] <folder or file>');
  app.exit(2);
} else {
  try {
    process.defaultApp = true;
    for (const module of modules) require(resolve(module));
    const path = resolve(target);
    const isFolder = statSync(path).isDirectory();
    const entry = isFolder ? adopt(path) : path;
    app.setAppPath(isFolder ? path : dirname(path));
    await import(pathToFileURL(entry).href);
  } catch (error) {
    console.error('The app could not be loaded.');
    console.error(error);
    app.exit(1);
  }
}
