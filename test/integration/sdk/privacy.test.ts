import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PLACES_IN_MARKUP } from '../../support/secret-places.ts';
import { captured, openSite, type Site } from './recorded-page.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
afterEach(async () => {
  for (const context of site.browser.contexts()) await context.close();
  expect(site.troubles).toEqual([]);
});

/** The markup of every place that can hold what is nobody's business. The word is a different one in each. */
const EVERYTHING = Object.values(PLACES_IN_MARKUP)
  .map((markup, i) => markup(`SECRET${i}`))
  .join('\n');

describe('masking', () => {
  it('keeps every planted secret out of the snapshot, and of the same content inserted later', async () => {
    const page = await site.open(`${EVERYTHING}<div id="later"></div>`, { head: '<title>SECRETpagetitle</title>' });
    await page.evaluate((html) => {
      const later = document.getElementById('later');
      later?.setHTMLUnsafe(html);
    }, EVERYTHING);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const text = JSON.stringify(await site.recorded(page));
    expect(text.match(/SECRET\w*/g) ?? []).toEqual([]);
    expect(text).toContain('a?token=~');
  });

  it('keeps later changes of text, attributes and values out', async () => {
    const page =
      await site.open(`<p id="p">x</p><input id="i"><input id="w" type="password"><textarea id="t"></textarea>
      <div id="e" contenteditable></div><select id="s"><option value="a">a<option value="SECRETb">SECRETb</select>
      <input id="r" type="radio" name="n" value="SECRETradio">`);
    await page.evaluate(() => {
      const [p, i] = [document.getElementById('p'), document.getElementById('i')];
      if (p?.firstChild) p.firstChild.nodeValue = 'SECRETdata';
      p?.setAttribute('title', 'SECRETtitle');
      p?.setAttribute('href', '/x?y=SECREThref');
      i?.setAttribute('value', 'SECRETattr');
      i?.setAttribute('placeholder', 'SECRETplace');
      (i as HTMLInputElement).value = 'SECRETprop';
      document.title = 'SECRETdoctitle';
    });
    await page.locator('#i').fill('SECRETtyped');
    await page.locator('#w').pressSequentially('SECRETpw');
    await page.locator('#t').fill('SECRETarea');
    await page.locator('#e').pressSequentially('SECRETed');
    await page.selectOption('#s', 'SECRETb');
    await page.check('#r');
    const events = await site.recorded(page);
    const text = JSON.stringify(events);
    expect(text.match(/SECRET\w*/g) ?? []).toEqual([]);
    expect(text).toContain('***********'); // that something was typed is recorded
  });

  it('leaves open what is marked, but never what is entered there', async () => {
    const page = await site.open(
      `<main class="static"><h1 title="Open title">Open heading</h1><input value="SECRETvalue" placeholder="Open hint">
       <div contenteditable>SECRETeditable</div><p data-tf-mask>SECRETmask</p><p class="never">SECRETnever</p>
       <input type="submit" value="Open caption"></main><p id="after" data-tf-unmask>Open by attribute</p>`,
      { start: "init({ server: location.origin, key: 'k', privacy: { unmask: '.static', mask: '.never' } })" },
    );
    await page.evaluate(() => document.getElementById('after')?.append('Open later'));
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const text = JSON.stringify(await site.recorded(page));
    expect(text.match(/SECRET\w*/g) ?? []).toEqual([]);
    for (const open of ['title', 'heading', 'hint', 'caption', 'by attribute', 'later'])
      expect(text).toContain(`Open ${open}`);
  });

  it('decides which labels of elements are kept', async () => {
    const page =
      await site.open(`<button>SECRETplain</button><button data-tf-unmask>Pay <b data-tf-mask>SECRETsum</b></button>
      <button aria-label="Close">SECRETx</button><button data-tf-label="Delete order">SECRETy</button>
      <label data-tf-unmask>Your name <input value="SECRETname"></label><button data-tf-mask aria-label="SECRETaria">x</button>`);
    for (const button of await page.locator('button').all()) await button.click();
    await page.locator('input').click();
    const events = await site.recorded(page);
    const labels = captured(events, 'action').map(({ target }) => target.label);
    expect(labels).toEqual([undefined, 'Pay', 'Close', 'Delete order', undefined, 'Your name']);
    expect(JSON.stringify(events)).not.toContain('SECRET');
  });
});
