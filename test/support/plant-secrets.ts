import type { ServerResponse } from 'node:http';
import { openSite, type Site } from '../integration/sdk/recorded-page.ts';
import { CONTROLS, createSecrets, PLACES_IN_MARKUP, PLACES_IN_SCRIPT, type Planted } from './secret-places.ts';

/** What a run found. */
export interface SecretsFound {
  /** How many were planted. */
  readonly planted: number;
  /** Secrets that were sent: there must be none. */
  readonly leaked: readonly Planted[];
  /** Controls that were not sent: there must be none, or the search looks in the wrong place. */
  readonly unseen: readonly string[];
}

/** A site whose `/echo` and `/opted` answer with what they are sent, and `/header` with what it is asked for. */
export const openSecretSite = (): Promise<Site> =>
  openSite((path, response: ServerResponse, request) => {
    if (!/^\/(echo|opted|header)/.test(path)) return false;
    response.setHeader('content-type', 'application/json');
    const value = new URL(request.url ?? '', 'http://x').searchParams.get('value');
    if (value) response.setHeader('x-secret', value);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => response.end(Buffer.concat(parts)));
    return true;
  });

const START = `init({ server: location.origin, key: 'k',
  network: { headers: ['x-plan', 'x-auth-token'], bodies: ['/opted'] }, privacy: { mask: '.never' } })`;

/**
 * Plants at least `atLeast` secrets, going round all places, in a page with controls, and looks for them in all that the page
 * sent, unpacked. The document is planted twice: at the start, and again as something that is added later.
 */
export async function plantSecrets(site: Site, seed: number, atLeast: number): Promise<SecretsFound> {
  const secrets = createSecrets(seed);
  const markup: string[] = [];
  const script: string[] = [];
  do {
    for (const [place, html] of Object.entries(PLACES_IN_MARKUP)) markup.push(html(secrets.word(place)));
    for (const [place, statement] of Object.entries(PLACES_IN_SCRIPT)) script.push(statement(secrets, place));
  } while (secrets.planted.length < atLeast);
  const controls = Object.values(CONTROLS);
  const body = [...markup, ...controls.map((control) => control.markup ?? '')].join('\n');
  const typed = ['field', 'area', 'note'].map((id) => ({ id, text: secrets.word(`typed into ${id}`) }));
  const already = site.sink.text().length;
  const page = await site.open(
    `${body}<p id="later">x</p><input id="field"><textarea id="area"></textarea><div id="note" contenteditable></div>`,
    { start: START, head: `<title>${secrets.word('title at the start')}</title>` },
  );
  await page.evaluate(async (html) => {
    const host = document.body.appendChild(document.createElement('section'));
    host.setHTMLUnsafe(html);
    await new Promise(requestAnimationFrame);
  }, markup.join('\n'));
  const statements = [...script, ...controls.map((control) => control.script ?? '')];
  // The page runs them itself: what a debugger evaluates does not pass through the page's own errors and policies.
  await page.addScriptTag({ type: 'module', content: `${statements.join(';\n')};\nwindow.planted = true;` });
  await page.waitForFunction('window.planted === true', undefined, { timeout: 60_000 });
  for (const { id, text } of typed) await page.locator(`#${id}`).pressSequentially(text);
  await page.locator('#field').press('Enter');
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  await site.recorded(page);
  await page.close({ runBeforeUnload: false });
  const sent = site.sink.text().slice(already).toLowerCase();
  return {
    planted: secrets.planted.length,
    leaked: secrets.planted.filter(({ secret }) => sent.includes(secret.toLowerCase())),
    unseen: Object.entries(CONTROLS).flatMap(([name, { found }]) => (sent.includes(found) ? [] : [name])),
  };
}
