import { diagnose } from '../../shared/analysis/index.ts';
import { deriveSession } from '../../shared/facts/index.ts';
import type { Diagnosis } from '../../shared/model/finding.ts';
import { SessionBuilder } from './session-builder.ts';

/** Facts and diagnosis of a built session. */
export function diagnosed(session: Pick<SessionBuilder, 'events'>): Diagnosis {
  const { signals, summary } = deriveSession(session.events());
  return diagnose({ signals, startedAt: summary.startedAt, endedAt: summary.startedAt + summary.durationMs });
}

/** When the trouble of a scenario begins; before it is room for ordinary use. */
export const TROUBLE_AT = 9000;

type Scenario = (session: SessionBuilder) => SessionBuilder;

const CART = 'https://shop.test/api/cart';
const ORDERS = 'https://shop.test/api/orders';
const search = (query: string): string => `https://shop.test/api/search?q=~${query}`;

/** A run of fast clicks after a first one that got no answer. */
const RAGE = [0, 1300, 1480, 1650, 1820] as const;

/** One typical session for each fault. */
export const FAULTY = {
  'server-error-swallowed': (session) => {
    const pay = session.button('Pay');
    for (const ms of RAGE) {
      const action = session.click(TROUBLE_AT + ms, pay);
      session.request(TROUBLE_AT + ms + 2, ORDERS, { method: 'POST', status: 500, action });
    }
    return session;
  },
  'server-error': (session) => {
    const action = session.click(TROUBLE_AT, session.button('Pay'));
    session.request(TROUBLE_AT + 2, ORDERS, { method: 'POST', status: 502, answerMs: 60, action });
    return session.change(TROUBLE_AT + 70);
  },
  'response-shape-change': (session) => {
    session.request(1000, CART, { shape: '{items:[{id:string}],total:number}' });
    session.change(1046);
    const action = session.click(TROUBLE_AT, session.element('a', 'Cart'), { changesMs: 4 });
    session.go(TROUBLE_AT + 3, 'https://shop.test/cart');
    const request = session.request(TROUBLE_AT + 5, CART, { action, shape: '{lines:[{id:string}],total:number}' });
    const message = "Cannot read properties of undefined (reading 'map')";
    return session.error(TROUBLE_AT + 48, { kind: 'rejection', message, action, request });
  },
  'overlay-blocks-click': (session) => {
    const pay = session.button('Pay');
    const layer = session.element('div', 'layer');
    for (const ms of RAGE) session.click(TROUBLE_AT + ms, layer, { under: [layer, pay] });
    return session;
  },
  'stale-response-race': (session) => {
    const action = session.input(TROUBLE_AT, session.element('input', 'Search'));
    session.request(TROUBLE_AT + 2, search('la'), { action, answerMs: 900 });
    session.request(TROUBLE_AT + 300, search('lamp'), { action, answerMs: 40 });
    return session.change(TROUBLE_AT + 344).change(TROUBLE_AT + 906);
  },
  'slow-without-feedback': (session) => {
    const report = session.button('Report');
    const action = session.click(TROUBLE_AT, report);
    session.request(TROUBLE_AT + 2, 'https://shop.test/api/report', { action, answerMs: 6000 });
    session.click(TROUBLE_AT + 2500, report);
    session.click(TROUBLE_AT + 4000, report);
    return session.change(TROUBLE_AT + 6006);
  },
  'script-error': (session) => {
    const save = session.button('Save');
    for (const ms of RAGE.slice(0, 2)) {
      const action = session.click(TROUBLE_AT + ms, save);
      session.error(TROUBLE_AT + ms + 1, { message: 'x.save is not a function', action });
    }
    return session;
  },
  'dead-control': (session) => {
    const save = session.button('Save');
    for (const ms of RAGE) session.click(TROUBLE_AT + ms, save);
    return session;
  },
} as const satisfies Record<string, Scenario>;

/** The fault classes that have a scenario. */
export type ScenarioName = keyof typeof FAULTY;

/** A new session in which that fault happens. */
export const faulty = (name: ScenarioName): SessionBuilder => FAULTY[name](new SessionBuilder()).end(30_000);

/** Ordinary use: pages, typing, clicks that work, one slow answer behind a spinner. */
export function healthy(): SessionBuilder {
  const session = new SessionBuilder('https://shop.test/');
  session.request(30, 'https://shop.test/api/products', { shape: '{items:[{id:string}]}' });
  session.change(75);
  session.go(TROUBLE_AT, 'https://shop.test/product/p1');
  const add = session.click(TROUBLE_AT + 900, session.button('Add to cart'));
  session.request(TROUBLE_AT + 902, `${CART}/lines`, { method: 'POST', action: add });
  session.change(TROUBLE_AT + 948);
  const pay = session.click(TROUBLE_AT + 4000, session.button('Pay'), { changesMs: 5 });
  session.request(TROUBLE_AT + 4002, ORDERS, { method: 'POST', action: pay, answerMs: 4200 });
  session.go(TROUBLE_AT + 8206, 'https://shop.test/thanks').change(TROUBLE_AT + 8208);
  return session.end(30_000);
}
