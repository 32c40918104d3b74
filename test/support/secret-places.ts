import { createHash } from 'node:crypto';

/** One thing that must not be found in what is sent, and how it was hidden in the page. */
export interface Planted {
  readonly place: string;
  readonly secret: string;
}

/** Makes words that occur nowhere else, the same ones for one seed. */
export function createSecrets(seed: number) {
  let count = 0;
  const planted: Planted[] = [];
  const word = (place: string): string => {
    const secret = `zq${createHash('sha256').update(`${seed} ${count++}`).digest('hex').slice(0, 12)}`;
    planted.push({ place, secret });
    return secret;
  };
  /** A number that passes for a card. */
  const card = (place: string): string => {
    const digits = `4${BigInt(`0x${createHash('sha256').update(`card ${seed} ${count++}`).digest('hex').slice(0, 12)}`)}`;
    const body = digits.padEnd(15, '7').slice(0, 15);
    const sum = [...body].reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    const secret = `${body}${(10 - (sum % 10)) % 10}`;
    planted.push({ place, secret });
    return secret;
  };
  return { word, card, planted };
}

type Secrets = ReturnType<typeof createSecrets>;

const INPUT_TYPES =
  'text password hidden email tel search url number date checkbox radio color range submit reset unknown';

/** Places of a document. Each gives markup with a secret in it. */
export const PLACES_IN_MARKUP: Readonly<Record<string, (s: string) => string>> = {
  text: (s) => `<p>${s}</p>`,
  heading: (s) => `<h1>${s}</h1>`,
  button: (s) => `<button>${s}</button>`,
  'query of a link': (s) => `<a href="/a?token=${s}&b=1">x</a>`,
  'fragment of a link': (s) => `<a href="/a#id_token=${s}">x</a>`,
  'credentials in a link': (s) => `<a href="https://${s}:${s}@example.com/">x</a>`,
  'mail link': (s) => `<a href="mailto:${s}@example.com">x</a>`,
  'script link': (s) => `<a href="javascript:void('${s}')">x</a>`,
  'form target': (s) => `<form action="/f?key=${s}"></form>`,
  title: (s) => `<p title="${s}">x</p>`,
  alt: (s) => `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="${s}">`,
  'query of a picture': (s) => `<img src="/i.png?sig=${s}" srcset="/j.png?sig=${s} 2x">`,
  'accessible name': (s) => `<p aria-label="${s}" aria-description="${s}" aria-valuetext="${s}">x</p>`,
  'mail in a data attribute': (s) => `<p data-owner="${s}@example.com">x</p>`,
  'inline handler': (s) => `<p onclick="f('${s}')">x</p>`,
  meta: (s) => `<meta name="account" content="${s}">`,
  comment: (s) => `<!-- ${s} -->`,
  noscript: (s) => `<noscript><p>${s}</p></noscript>`,
  'inline data': (s) => `<script type="application/json">{"a":"${s}"}</script>`,
  frame: (s) => `<iframe srcdoc="<p title=${s}>${s}</p>"></iframe>`,
  drawing: (s) => `<svg><title>${s}</title><text>${s}</text></svg>`,
  time: (s) => `<time datetime="${s}">x</time>`,
  ...Object.fromEntries(
    INPUT_TYPES.split(' ').map((type) => [
      `input ${type}`,
      (s: string) => `<input type="${type}" name="submit" value="${s}">`,
    ]),
  ),
  placeholder: (s) => `<input placeholder="${s}">`,
  textarea: (s) => `<textarea>${s}</textarea>`,
  select: (s) => `<select><optgroup label="${s}"><option value="${s}" selected>${s}</select>`,
  editable: (s) => `<div contenteditable>${s}</div>`,
  'masked inside open': (s) =>
    `<div data-tf-unmask><p data-tf-mask>${s} <b data-tf-unmask title="${s}">${s}</b></p></div>`,
  blocked: (s) => `<div data-tf-block title="${s}"><p>${s}</p></div>`,
  'shadow tree': (s) => `<div><template shadowrootmode="open">${s}<p>${s}</p></template></div>`,
};

/** Places in what a page does. Each gives a statement that runs in it; `/echo` answers with what it is sent. */
export const PLACES_IN_SCRIPT: Readonly<Record<string, (secrets: Secrets, place: string) => string>> = {
  'query of a fetch': ({ word }, at) => `await fetch('/echo?token=${word(at)}')`,
  'credentials of a fetch': ({ word }, at) => `await fetch('https://${word(at)}:x@127.0.0.1:1/').catch(() => 0)`,
  'mail in a path': ({ word }, at) => `await fetch('/echo/${word(at)}%40example.com')`,
  'body that was not opted in': ({ word }, at) =>
    `await fetch('/echo', { method: 'POST', body: '{"a":"${word(at)}"}' }).then((r) => r.json())`,
  'body under a secret name': ({ word }, at) =>
    `await fetch('/opted', { method: 'POST', body: JSON.stringify({ user: { password: '${word(at)}', api_key: '${word(at)}' } }) }).then((r) => r.json())`,
  'card in an opted-in body': ({ card }, at) =>
    `await fetch('/opted', { method: 'POST', body: '{"note":"pay with ${card(at)}"}' }).then((r) => r.text())`,
  'form in an opted-in body': ({ word }, at) => `await fetch('/opted', { method: 'POST', body: 'a=${word(at)}&b=1' })`,
  'header that was not allowed': ({ word }, at) => `await fetch('/echo', { headers: { 'x-mine': '${word(at)}' } })`,
  'credential header that was allowed': ({ word }, at) =>
    `await fetch('/echo', { headers: { 'x-auth-token': '${word(at)}' } })`,
  'header of an answer': ({ word }, at) => `await fetch('/header?value=${word(at)}')`,
  XMLHttpRequest: ({ word }, at) =>
    `await new Promise((done) => { const x = new XMLHttpRequest(); x.open('POST', '/echo?k=${word(at)}'); x.setRequestHeader('x-auth-token', '${word(at)}'); x.onloadend = done; x.send('${word(at)}'); })`,
  beacon: ({ word }, at) => `navigator.sendBeacon('/echo?b=${word(at)}', '${word(at)}')`,
  socket: ({ word }, at) => `new WebSocket('ws://127.0.0.1:1/?t=${word(at)}')`,
  'event source': ({ word }, at) =>
    `new EventSource('http://127.0.0.1:1/?t=${word(at)}').onerror = (e) => e.target.close()`,
  'mail on the console': ({ word }, at) => `console.log('mail to ${word(at)}@example.com now')`,
  'card on the console': ({ card }, at) => `console.warn('card', '${card(at)}')`,
  'password on the console': ({ word }, at) => `console.info({ user: 1, password: '${word(at)}' }, 'pwd=${word(at)}')`,
  'token on the console': ({ word }, at) =>
    `console.error('Authorization: Bearer ${word(at)}', 'eyJhbGciOiJI.${word(at)}.x')`,
  'address on the console': ({ word }, at) =>
    `console.debug('GET https://example.com/a?session=${word(at)}&b=${word(at)}')`,
  'message of an error': ({ word }, at) =>
    `setTimeout(() => { throw new Error('no account ${word(at)}@example.com') })`,
  'reason of a rejection': ({ word }, at) => `void Promise.reject({ token: '${word(at)}' })`,
  'caught error': ({ word }, at) => `recorder.captureException(new Error('token=${word(at)}'))`,
  'what the page tracks': ({ word, card }, at) =>
    `recorder.track('paid', { mail: '${word(at)}@example.com', card: '${card(at)}' })`,
  tag: ({ word }, at) => `recorder.tag('owner', '${word(at)}@example.com')`,
  'address of the page': ({ word }, at) =>
    `history.pushState({ s: '${word(at)}' }, '', '?order=${word(at)}#access_token=${word(at)}')`,
  'title of the page': ({ word }, at) => `document.title = '${word(at)}'`,
  'local storage': ({ word }, at) => `localStorage.setItem('${word(at)}', '${word(at)}')`,
  'session storage': ({ word }, at) => `sessionStorage.setItem('k', '${word(at)}')`,
  cookie: ({ word }, at) => `document.cookie = 'sid=${word(at)}'`,
  database: ({ word }, at) => `indexedDB.open('${word(at)}')`,
  'text that changes': ({ word }, at) => `document.getElementById('later').firstChild.nodeValue = '${word(at)}'`,
  'attribute that changes': ({ word }, at) => `document.getElementById('later').setAttribute('title', '${word(at)}')`,
  'value that is set': ({ word }, at) => `document.getElementById('field').value = '${word(at)}'`,
  'picture that fails': ({ word }, at) =>
    `document.body.append(Object.assign(new Image(), { src: '/none.png?sig=${word(at)}' }))`,
};

/** What must be found, or the search would prove nothing: one for each way something can reach the server. */
export const CONTROLS: Readonly<
  Record<string, { readonly markup?: string; readonly script?: string; readonly found: string }>
> = {
  'open text': { markup: '<p data-tf-unmask>controlopentext</p>', found: 'controlopentext' },
  class: { markup: '<p class="controlclass">x</p>', found: 'controlclass' },
  path: { script: `await fetch('/echo/controlpath')`, found: 'controlpath' },
  'name of a parameter': { script: `await fetch('/echo?controlparameter=1')`, found: 'controlparameter' },
  shape: {
    script: `await fetch('/echo', { method: 'POST', body: '{"controlshape":1}' }).then((r) => r.json())`,
    found: 'controlshape',
  },
  'opted-in body': {
    script: `await fetch('/opted', { method: 'POST', body: '{"open":"controlbody"}' })`,
    found: 'controlbody',
  },
  'allowed header': {
    script: `await fetch('/echo', { headers: { 'x-plan': 'controlheader' } })`,
    found: 'controlheader',
  },
  console: { script: `console.log('controlconsole', { a: { b: 'controlnested' } })`, found: 'controlnested' },
  error: { script: `setTimeout(() => { throw new Error('controlerror') })`, found: 'controlerror' },
  tracked: { script: `recorder.track('e', { a: 'controltracked' })`, found: 'controltracked' },
};
