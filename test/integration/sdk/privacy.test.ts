import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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

/** Every place of a document that can hold what is nobody's business. The word is a different one in each. */
const PLANTS: Record<string, string> = {
  text: '<p>SECRETtext</p>',
  heading: '<h1>SECRETheading</h1>',
  button: '<button>SECRETbutton</button>',
  link: '<a href="/a?token=SECRETquery&b=1#id_token=SECRETfragment">SECRETlink</a>',
  credentials: '<a href="https://SECRETuser:SECRETpassword@example.com/">x</a>',
  mail: '<a href="mailto:SECRETmail@example.com">x</a>',
  script: '<a href="javascript:void(\'SECRETjs\')">x</a>',
  title: '<p title="SECRETtitle">x</p>',
  alt: '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="SECRETalt">',
  image: '<img src="/i.png?sig=SECRETsig" srcset="/j.png?sig=SECRETsrcset 2x">',
  aria: '<p aria-label="SECRETaria" aria-description="SECRETdescr" aria-valuetext="SECRETvalue">x</p>',
  data: '<p data-owner="SECRETdata@example.com">x</p>',
  handler: '<p onclick="f(\'SECRETonclick\')">x</p>',
  meta: '<meta name="account" content="SECRETmeta">',
  comment: '<!-- SECRETcomment -->',
  noscript: '<noscript><p>SECRETnoscript</p></noscript>',
  inline: '<script type="application/json">{"a":"SECRETjson"}</script>',
  frame: '<iframe srcdoc="<p title=SECRETframetitle>SECRETframe</p>"></iframe>',
  svg: '<svg><title>SECRETsvg</title><text>SECRETsvgtext</text></svg>',
  time: '<time datetime="SECRETdatetime">x</time>',
  ...Object.fromEntries(
    'text password hidden email tel search url number date checkbox radio color range submit button reset unknown'
      .split(' ')
      .map((type) => [`input-${type}`, `<input type="${type}" name="submit" value="SECRET${type}">`]),
  ),
  placeholder: '<input placeholder="SECRETplaceholder">',
  textarea: '<textarea>SECRETtextarea</textarea>',
  select: '<select><optgroup label="SECRETgroup"><option value="SECREToption" selected>SECRETchoice</select>',
  editable: '<div contenteditable>SECRETeditable</div>',
  masked:
    '<div data-tf-unmask><p data-tf-mask>SECRETmask <b data-tf-unmask title="SECRETagain">SECRETinner</b></p></div>',
  blocked: '<div data-tf-block title="SECRETblocked"><p>SECRETinside</p></div>',
  shadow: '<div class="host"><template shadowrootmode="open">SECRETshadow<p>SECRETdeep</p></template></div>',
};
const EVERYTHING = Object.values(PLANTS).join('\n');

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
