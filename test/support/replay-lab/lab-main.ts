// Electron main for tests only: serves the laboratory page in the place of the replay frame, with single layers of defence
// on, named in TRACEFLOW_LAYERS (csp, cancel, navigation, sandbox), to see what each holds by itself.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, type Session, session } from 'electron';
import { lockContents } from '../../../main/shell/hardening.ts';
import { registerSchemes } from '../../../main/shell/schemes.ts';
import { FRAME_ATTRIBUTES, frameCsp, WORKBENCH_ORIGIN } from '../../../shared/replay/frame-policy.ts';

const layers = new Set((process.env.TRACEFLOW_LAYERS ?? '').split(',').filter(Boolean));
const seen = { navigations: [] as string[], cancelled: [] as string[] };
Object.assign(globalThis, { seen });

const sandbox = layers.has('sandbox') ? `sandbox="${FRAME_ATTRIBUTES.sandbox}"` : '';
const WORKBENCH = `<!doctype html><title>Laboratory</title><iframe ${sandbox} allow="${FRAME_ATTRIBUTES.allow}" src="${FRAME_ATTRIBUTES.src}" width="900" height="700"></iframe>`;
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

function serve(own: Session): void {
  const csp = layers.has('csp') ? frameCsp({ script: 'lab.js', worker: 'none.js', style: 'lab.css' }) : null;
  own.protocol.handle('app', () => new Response(WORKBENCH, { headers: { 'content-type': 'text/html' } }));
  own.protocol.handle('replay', async (request) => {
    // Under the name of the real page, since the lock on navigation lets no other one in.
    const path = new URL(request.url).pathname.replace('/index.html', '/lab.html');
    const name = /^\/(lab\.(?:html|js|css))$/.exec(path)?.[1];
    if (!name) return new Response(null, { status: 404 });
    const headers: Record<string, string> = { 'content-type': TYPES[name.slice(4)] ?? 'text/plain' };
    if (csp) headers['content-security-policy'] = csp;
    return new Response(new Uint8Array(await readFile(join(__dirname, name))), { headers });
  });
}

/** As the product's session lock does it, so that it can be had without the rest of that lock. */
function cancelRequests(own: Session): void {
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    const cancel = !/^(?:app|replay|data|blob|devtools):/.test(url);
    if (cancel) seen.cancelled.push(url);
    answer({ cancel });
  });
}

registerSchemes();
void app.whenReady().then(async () => {
  const own = session.defaultSession;
  own.setSpellCheckerEnabled(false);
  serve(own);
  if (layers.has('cancel')) cancelRequests(own);
  const window = new BrowserWindow({
    width: 1200,
    height: 900,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  if (layers.has('navigation')) lockContents(window.webContents);
  // A navigation that was refused ends as an error page, which has no status.
  window.webContents.on('did-frame-navigate', (_event, url, status, _text, isMainFrame) => {
    if (!/^(?:app|replay|about):/.test(url)) seen.navigations.push(`${isMainFrame ? 'TOP ' : ''}${status} ${url}`);
  });
  await window.loadURL(`${WORKBENCH_ORIGIN}/index.html`);
});
app.on('window-all-closed', () => app.quit());
