import { groupBy } from '../lib/ordering.ts';
import type { FactSource } from './clicks.ts';
import { type Draft, draft } from './draft.ts';
import { short } from './naming.ts';
import { pageName, readAddress, routeOf } from './urls.ts';

const NAMES = { websocket: 'WebSocket', eventsource: 'EventSource' } as const;
/** Close codes that say nothing went wrong: normal, going away, none given (RFC 6455, 7.4.1). */
const ORDINARY_CODES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/** One signal for each WebSocket and EventSource, its phases joined. */
export function streamDrafts({ generation, pages }: FactSource): Draft[] {
  const byId = groupBy(generation.captured.stream, ({ value }) => value.id);
  return [...byId.values()].flatMap((steps) => {
    const first = steps[0];
    if (!first) return [];
    const { id, kind, url } = first.value;
    const phase = (name: string) => steps.filter(({ value }) => value.phase === name);
    const totals = steps.findLast(({ value }) => value.received !== undefined)?.value;
    const [opened, closed] = [phase('open')[0], phase('closed')[0]];
    const failures = phase('error').length;
    const code = closed?.value.code ?? null;
    const pageUrl = pages.urlAt(generation.id, first.at);
    const address = readAddress(url, pageUrl === '' ? undefined : pageUrl);
    const broken = failures > 0 || (code !== null && !ORDINARY_CODES.has(code));
    const end = closed ? (code === null ? 'closed' : `closed ${code}`) : opened ? 'open' : 'connecting';
    return draft('stream', {
      at: first.at,
      ...(closed ? { endAt: closed.at } : {}),
      severity: broken ? (opened ? 'warning' : 'error') : 'info',
      page: pageName(pageUrl),
      text: short(`${NAMES[kind]} ${address.path} -> ${broken && !closed ? 'failed' : end}`),
      window: generation.window,
      events: steps.map(({ ref }) => ref),
      details: {
        ...{ id, api: kind, url: address.href, origin: address.origin, route: routeOf(address.path) },
        action: first.value.action ?? null,
        openedAt: opened?.at ?? null,
        ...{ failures, closed: closed !== undefined, code, clean: closed?.value.clean ?? null },
        sent: totals?.sent ?? 0,
        sentBytes: totals?.sentBytes ?? 0,
        received: totals?.received ?? 0,
        receivedBytes: totals?.receivedBytes ?? 0,
      },
    });
  });
}
