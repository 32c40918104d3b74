import type { HandlersOf } from '../../../shared/ipc/call.ts';
import type { CallContext } from '../../../shared/ipc/dispatch.ts';
import { createDispatcher } from '../../../shared/ipc/dispatch.ts';
import {
  type EngineCalls,
  engineCalls,
  type LocalServerInfo,
  type ServerInfo,
} from '../../../shared/ipc/engine-calls.ts';
import type { Job } from '../../../shared/ipc/job.ts';
import type { LiveServer } from '../../../shared/ipc/live-calls.ts';
import type { ModelSettings } from '../../../shared/ipc/model-calls.ts';
import { AppError } from '../../../shared/lib/app-error.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import { FACETS } from '../../../shared/model/session-filter.ts';
import type { Port } from '../../../shared/rpc/port.ts';
import { type RpcServer, serve } from '../../../shared/rpc/rpc.ts';
import { fakeInspection } from './fake-inspection.ts';
import { fakeMarks } from './fake-marks.ts';
import { fakeModels } from './fake-models.ts';
import { fakeServers } from './fake-servers.ts';
import { generatedDiagnosis, generatedSignals } from './generated-evidence.ts';
import { generatedSession } from './generated-sessions.ts';
import { countFacet, countSince, matches, sorted } from './match-sessions.ts';

/** What a fake engine starts with. */
export interface FakeEngineOptions {
  readonly sessions: number;
  readonly servers: readonly ServerInfo[];
  /** Who is online, by server. */
  readonly live: readonly LiveServer[];
  readonly jobs: readonly Job[];
  readonly model: ModelSettings | null;
  /** Calls that fail, with the words they fail with. */
  readonly failing: Readonly<Record<string, string>>;
}

/** An engine behind a port, with generated sessions: what stands in for the other process where only the window is tested. */
export interface FakeEngine {
  /** Answers on `port` until it closes, as the engine does for each window. */
  serve(port: Port): RpcServer;
  /** How often each call was made, and with what. */
  readonly calls: { readonly name: string; readonly input: unknown }[];
}

const STOPPED: LocalServerInfo = { running: false, url: null, writeKey: null, snippet: null };
const RUNNING: LocalServerInfo = {
  running: true,
  url: 'http://127.0.0.1:4318',
  writeKey: 'tfw_local_0123456789abcdef',
  snippet:
    '<script src="http://127.0.0.1:4318/sdk.js"></script>\n<script>\n  traceflow.init({ url: "http://127.0.0.1:4318", key: "tfw_local_0123456789abcdef" });\n</script>',
};

const holds = (row: SessionRow, fingerprint: string): boolean =>
  generatedDiagnosis(row).findings.some((finding) => finding.fingerprint === fingerprint);

/** An engine with `options.sessions` generated sessions. */
export function createFakeEngine(options: FakeEngineOptions): FakeEngine {
  let rows = Array.from({ length: options.sessions }, (_, index) => generatedSession(index));
  const hidden = new Set<string>();
  let jobs = [...options.jobs];
  let local = STOPPED;
  const clients = new Set<RpcServer>();
  const calls: { name: string; input: unknown }[] = [];
  const emit = (name: string, payload: unknown): void => {
    for (const client of clients) client.emit(name, payload);
  };
  const finish = (job: Job): { jobId: string } => {
    jobs = [job, ...jobs];
    emit('job.changed', job);
    return { jobId: job.id };
  };
  const byKey = (key: string): SessionRow => {
    const row = rows.find((candidate) => candidate.key === key);
    if (!row) throw new AppError('not-found', 'This session is not in the library any more. Close the tab.');
    return row;
  };
  const job = (id: string, kind: Job['kind'], title: string, message: string): Job => ({
    id,
    kind,
    title,
    message,
    state: 'done',
    done: 1,
    total: 1,
    unit: 'sessions',
    startedAt: Date.now(),
    endedAt: Date.now(),
    sessions: [],
  });

  const changed = (what: { sessions?: boolean; servers?: boolean; marks?: boolean; live?: boolean }): void =>
    emit('store.changed', { sessions: false, servers: false, marks: false, live: false, ...what });

  const handlers: HandlersOf<EngineCalls, CallContext> = {
    ...fakeModels(options.model, byKey, emit),
    'sessions.list': ({ sort, descending, thenBy, offset, limit, ...asked }) => {
      const found = sorted(
        rows.filter((row) => !hidden.has(row.key) && matches(row, asked)),
        [{ by: sort, descending }, ...thenBy],
      );
      return { rows: found.slice(offset, offset + limit), total: found.length };
    },
    'sessions.facets': ({ since, ...asked }) => {
      const listed = rows.filter(({ key }) => !hidden.has(key));
      const counted = FACETS.map((facet) => [facet, countFacet(listed, asked, facet)]);
      return { facets: Object.fromEntries(counted), since: countSince(listed, asked, since) };
    },
    'sessions.hide': ({ keys }) => {
      const changedKeys = keys.filter((key) => !hidden.has(key) && rows.some((row) => row.key === key));
      for (const key of changedKeys) hidden.add(key);
      changed({ sessions: true });
      return { changed: changedKeys, undoMs: 10_000 };
    },
    'sessions.restore': ({ keys }) => {
      const restored = keys.filter((key) => hidden.delete(key));
      changed({ sessions: true });
      return { changed: restored };
    },
    'sessions.diagnose': ({ keys }) =>
      finish(job('diagnose', 'diagnose', `Diagnose ${keys.length} sessions`, `${keys.length} sessions diagnosed.`)),
    'sessions.get': ({ key }) => byKey(key),
    'sessions.delete': ({ keys }) => {
      const before = rows.length;
      rows = rows.filter(({ key }) => !keys.includes(key));
      changed({ sessions: true });
      return { deleted: before - rows.length };
    },
    ...fakeMarks({
      rows: () => rows,
      change: (keys, change) => {
        const wanted = new Set<string>(keys);
        rows = rows.map((row) => (wanted.has(row.key) ? change(row) : row));
        if (keys.length > 0) changed({ marks: true });
      },
    }),
    'recording.chunks': () => [],
    'recording.chunk': () => new Uint8Array(),
    'recording.signals': ({ key }) => [...generatedSignals(byKey(key))],
    'recording.diagnosis': ({ key }) => generatedDiagnosis(byKey(key)),
    ...fakeInspection(),
    'findings.alike': ({ key, fingerprint, limit }) => {
      const alike = rows.filter((row) => row.key !== key && holds(row, fingerprint));
      return { rows: alike.slice(0, limit), total: alike.length };
    },
    ...fakeServers({
      servers: options.servers,
      live: options.live,
      rows: () => rows,
      changed,
      finish: (kind, title, message) => finish(job(kind, kind, title, message)),
    }),
    'localServer.status': () => local,
    'localServer.start': () => (local = RUNNING),
    'localServer.stop': () => (local = STOPPED),
    'storage.summary': () => ({
      sessions: rows.length,
      downloaded: rows.filter(({ state }) => state === 'downloaded').length,
      bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
    }),
    'storage.sources': () => ({
      sources: [
        { source: 'server:shop', sessions: 8, bytes: 42_000_000 },
        { source: 'files', sessions: 3, bytes: 900_000 },
        { source: 'demo', sessions: 1, bytes: 1000 },
      ],
      freeBytes: 81_000_000_000,
    }),
    'retention.get': () => ({ days: 90, held: 2 }),
    'demo.open': () => {
      rows = Array.from({ length: 12 }, (_, index) => generatedSession(index));
      changed({ sessions: true });
      return finish(job('demo', 'demo', 'Demo workspace', '12 sessions are in the library.'));
    },
    'jobs.list': () => jobs,
    'jobs.cancel': ({ jobId }) => {
      jobs = jobs.map((one) => (one.id === jobId ? { ...one, state: 'cancelled' as const, endedAt: Date.now() } : one));
      const cancelled = jobs.find(({ id }) => id === jobId);
      if (cancelled) emit('job.changed', cancelled);
    },
  };
  const dispatch = createDispatcher(engineCalls, handlers);
  return {
    calls,
    serve: (port) => {
      const server = serve(port, async (name, input, signal) => {
        calls.push({ name, input });
        const failure = options.failing[name];
        if (failure) return { ok: false, error: { code: 'internal', message: failure } };
        return dispatch(name, input, signal);
      });
      clients.add(server);
      port.onClose(() => clients.delete(server));
      return server;
    },
  };
}
