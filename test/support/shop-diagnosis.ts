import { join } from 'node:path';
import { type EngineClient, openEngine } from '../../main/cli/engine-client.ts';
import { createFileSecrets } from '../../main/cli/file-secrets.ts';
import type { Diagnosis } from '../../shared/model/finding.ts';
import type { SessionRow } from '../../shared/model/session.ts';
import { PATHS } from '../../shared/wire/change.ts';
import { type RecordingOptions, recordRuns } from './shop-journey.ts';
import type { RecordedVisit } from './shop-recording.ts';
import type { TeamServer } from './shop-server.ts';
import { mistakeIn } from './shop-verdict.ts';

/** A visit with what the product says of it. */
export interface DiagnosedVisit {
  readonly visit: RecordedVisit;
  readonly row: SessionRow;
  readonly diagnosis: Diagnosis;
  /** What is wrong with the diagnosis; null when it is right. */
  readonly mistake: string | null;
}

/** The workstation's engine without a window, with a library in `<dir>/library`. */
export function openWorkstation(dir: string): Promise<EngineClient> {
  const profileDir = join(dir, 'library');
  return openEngine({
    profileDir,
    secrets: createFileSecrets(join(profileDir, 'secrets.json'), null),
    nativeBinding: undefined,
    signal: new AbortController().signal,
  });
}

/** Brings everything a service has into the library. @throws AppError when it does not end well. */
export async function syncFrom(engine: EngineClient, server: Pick<TeamServer, 'url' | 'readToken'>): Promise<void> {
  const { id } = await engine.call('servers.add', { url: server.url, token: server.readToken });
  const { jobId } = await engine.call('sync.start', { id });
  await engine.finish(jobId, () => undefined);
}

/** @throws when the service still answers: what follows must not be able to ask it. */
export async function assertStopped(server: Pick<TeamServer, 'url'>): Promise<void> {
  const answer = await fetch(server.url + PATHS.health).catch(() => null);
  if (answer !== null) throw new Error(`The server at ${server.url} still answers.`);
}

/** Diagnoses visits from the library. @throws when one of them is not there. */
export async function diagnoseVisits(
  engine: EngineClient,
  visits: readonly RecordedVisit[],
): Promise<DiagnosedVisit[]> {
  const { rows } = await engine.call('sessions.list', { limit: 1000 });
  const bySession = new Map(rows.map((row) => [row.sessionId, row]));
  const diagnosed: DiagnosedVisit[] = [];
  for (const visit of visits) {
    const row = bySession.get(visit.session);
    if (row === undefined) throw new Error(`Session ${visit.session} did not reach the library.`);
    const diagnosis = await engine.call('recording.diagnosis', { key: row.key });
    const unread = row.notice === null ? null : `not all of the recording could be read: ${row.notice}`;
    diagnosed.push({ visit, row, diagnosis, mistake: mistakeIn(diagnosis, visit.fault) ?? unread });
  }
  return diagnosed;
}

/** How far the way from page to diagnosis has come. */
export type JourneyStage = 'recorded' | 'synced' | 'stopped';

/**
 * The whole way: records visits, syncs them into a library, stops the service, diagnoses from the library alone.
 * @param options.use is given the open engine before it is closed. @throws when a step cannot be done.
 */
export async function recordAndDiagnose(
  options: RecordingOptions & {
    readonly onStage?: (stage: JourneyStage, server: TeamServer) => void;
    readonly use?: (engine: EngineClient, results: readonly DiagnosedVisit[]) => Promise<void>;
  },
): Promise<DiagnosedVisit[]> {
  const { server, visits } = await recordRuns(options);
  options.onStage?.('recorded', server);
  const engine = await openWorkstation(options.dir).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  try {
    await syncFrom(engine, server).finally(server.close);
    options.onStage?.('synced', server);
    await assertStopped(server);
    options.onStage?.('stopped', server);
    const results = await diagnoseVisits(engine, visits);
    await options.use?.(engine, results);
    return results;
  } finally {
    await engine.close();
  }
}
