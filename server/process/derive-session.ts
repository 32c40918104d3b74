import { gzipSync } from 'node:zlib';
import { deriveSession, FACTS_VERSION, isFact } from '../../shared/facts/index.ts';
import { mergeEvents, readChunkEvents } from '../../shared/formats/rrweb/chunk-events.ts';
import { AppError, messageOf } from '../../shared/lib/app-error.ts';
import { CAPTURED, CapturedSession } from '../../shared/model/captured.ts';
import { isBackendWindow } from '../../shared/model/identity.ts';
import { EventType, type PlacedEvent } from '../../shared/model/recorded-event.ts';
import { chunkText } from '../../shared/node/gunzip.ts';
import { pageTemplate } from '../enrich/page-template.ts';
import { readUserAgent } from '../enrich/user-agent.ts';
import type { ChunkPlace, ChunkReader } from '../storage/embedded/chunk-reader.ts';
import type { DeadLetter, DerivedRow } from './derived-store.ts';

/** Everything the server derives of one session. */
export interface Derived {
  readonly row: DerivedRow;
  /** Ids and names of all persons the session says it is of. */
  readonly users: readonly string[];
  readonly dead: readonly DeadLetter[];
}

/** Decodes, checks and sums up a session. A chunk that cannot be read is left out and becomes a dead letter. */
export function deriveServerSession(
  reader: Pick<ChunkReader, 'read'>,
  places: readonly ChunkPlace[],
  now: number,
): Derived {
  const dead: DeadLetter[] = [];
  const chunks: PlacedEvent[][] = [];
  for (const place of places) {
    try {
      reader.read([place], (_, bytes) => chunks.push(readChunkEvents(chunkText(bytes), toPlace(place))));
    } catch (error) {
      dead.push({ seq: place.seq, reason: messageOf(error), at: now });
    }
  }
  const events = mergeEvents(chunks);
  if (places.length > 0 && events.length === 0 && dead.length === 0) {
    throw new AppError('damaged', 'no entry of the session is an event');
  }
  const { signals, summary } = deriveSession(events);
  const missing = signals.reduce((sum, signal) => sum + (isFact(signal, 'gap') ? signal.details.missing : 0), 0);
  const pages = places.filter(({ window }) => !isBackendWindow(window));
  const row: DerivedRow = {
    startedAt: summary.startedAt,
    durationMs: summary.durationMs,
    entryPage: pageTemplate(summary.entryUrl),
    exitPage: pageTemplate(summary.exitUrl),
    user: summary.user,
    ...readUserAgent(summary.userAgent),
    release: summary.release,
    events: summary.events,
    clicks: summary.clicks,
    errors: summary.errors,
    failedRequests: summary.failedRequests,
    missing,
    // Each is an upper estimate: what the way took is part of it. The smallest is the nearest.
    skewMs: pages.reduce((least, { skewMs }) => Math.min(least, skewMs), pages[0]?.skewMs ?? 0),
    ...regionOf(pages),
    factsVersion: FACTS_VERSION,
    facts: gzipSync(JSON.stringify(signals)),
  };
  return { row, users: usersOf(events), dead };
}

/** Where the session began: a person who travels on is not followed. */
function regionOf(places: readonly ChunkPlace[]): Pick<DerivedRow, 'country' | 'region'> {
  const { country = null, region = null } = places.find((place) => place.country !== null) ?? {};
  return { country, region };
}

const toPlace = ({ window, generation, first, count }: ChunkPlace) => ({ window, generation, firstSeq: first, count });

function usersOf(events: readonly PlacedEvent[]): string[] {
  const users = new Set<string>();
  for (const { event } of events) {
    if (event.type !== EventType.Plugin || typeof event.data !== 'object' || event.data === null) continue;
    const { plugin, payload } = event.data as { readonly plugin?: unknown; readonly payload?: unknown };
    const user = plugin === CAPTURED.session ? CapturedSession.safeParse(payload).data?.user : undefined;
    for (const name of [user?.id, user?.name]) if (name !== undefined) users.add(name);
  }
  return [...users];
}
