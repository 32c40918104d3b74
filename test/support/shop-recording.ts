import type { Browser, Page } from 'playwright';
import { ChangePage, type ChunkChange, PATHS } from '../../shared/wire/change.ts';
import type { Fault } from '../fixtures/shop/faults.ts';
import { driveShop, type ShopOutcome } from './shop-driver.ts';
import { until } from './shop-person.ts';
import type { TeamServer } from './shop-server.ts';

/** A visit that was recorded and has arrived at the service. */
export interface RecordedVisit extends ShopOutcome {
  readonly session: string;
  readonly fault: Fault | null;
  readonly seed: number;
}

/** What is recorded where. */
export interface RecordingPlace {
  readonly browser: Browser;
  readonly shopUrl: string;
  readonly server: Pick<TeamServer, 'url' | 'readToken'>;
  /** Sends what the shop's own server recorded. */
  readonly flush: () => Promise<void>;
}

/** Drives one visit and waits until the service has all of it. @throws when nothing or only parts of it arrive. */
export async function recordVisit(place: RecordingPlace, fault: Fault | null, seed: number): Promise<RecordedVisit> {
  let session = '';
  const outcome = await driveShop({
    browser: place.browser,
    url: place.shopUrl,
    fault,
    seed,
    leaving: async (page) => {
      session = await flushed(page);
    },
    left: () => arrived(place, session),
  });
  return { ...outcome, session, fault, seed };
}

/** What the recorder can be asked for. */
interface PageRecorder {
  readonly sessionId: string;
  flush(): Promise<void>;
}

/** Sends what was recorded so far; what still happens leaves with the page. */
const flushed = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const recorder: unknown = Reflect.get(globalThis, Symbol.for('traceflow.recorder'));
    if (typeof recorder !== 'object' || recorder === null) throw new Error('The page is not being recorded.');
    await (recorder as PageRecorder).flush();
    return (recorder as PageRecorder).sessionId;
  });

/** All changes of a service, in order. */
export async function changesOf({ url, readToken }: RecordingPlace['server']): Promise<ChunkChange[]> {
  const changes: ChunkChange[] = [];
  for (let after = 0; ; ) {
    const response = await fetch(`${url}${PATHS.changes}?after=${after}&limit=1000`, {
      headers: { authorization: `Bearer ${readToken}` },
    });
    if (!response.ok) throw new Error(`The change feed answered ${response.status}.`);
    const page = ChangePage.parse(await response.json());
    changes.push(...page.changes.filter((change) => change.kind === 'chunk'));
    if (page.changes.length === 0 || page.next >= page.head) return changes;
    after = page.next;
  }
}

/** Looks in a row without anything new before the last words count as said. */
const QUIET_LOOKS = 6;

/** What left with the page comes by itself a moment later: waits until the session has no holes and nothing more comes. */
async function arrived({ server, flush }: RecordingPlace, session: string): Promise<void> {
  let known = -1;
  let quiet = 0;
  await until(`session ${session} is complete`, async () => {
    await flush();
    const chunks = (await changesOf(server)).filter((change) => change.session === session);
    quiet = chunks.length === known ? quiet + 1 : 0;
    known = chunks.length;
    return quiet >= QUIET_LOOKS && chunks.length > 0 && isWhole(chunks);
  });
}

/** Whether every generation begins at 0 and has no hole. */
function isWhole(chunks: readonly ChunkChange[]): boolean {
  const next = new Map<string, number>();
  for (const chunk of [...chunks].sort((a, b) => a.firstSeq - b.firstSeq)) {
    const expected = next.get(chunk.generation) ?? 0;
    if (chunk.firstSeq > expected) return false;
    next.set(chunk.generation, Math.max(expected, chunk.firstSeq + chunk.count));
  }
  return true;
}
