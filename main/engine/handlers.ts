import type { HandlersOf } from '../../shared/ipc/call.ts';
import type { CallContext } from '../../shared/ipc/dispatch.ts';
import type { EngineCalls } from '../../shared/ipc/engine-calls.ts';
import type { FrameCalls } from '../../shared/ipc/frame-calls.ts';
import type { PrivilegedCalls } from '../../shared/ipc/privileged-calls.ts';
import { isBackendWindow, type SessionKey } from '../../shared/model/identity.ts';
import type { Parts } from './parts.ts';
import { checkServer, testServer } from './sync/connect-server.ts';

/** What a window may ask for. */
export const engineHandlers = ({
  store,
  jobs,
  work,
  library,
  models,
  marking,
  inspection,
  ...parts
}: Parts): HandlersOf<EngineCalls, CallContext> => ({
  'sessions.list': (query) => library.list(query),
  'sessions.facets': (query, { signal }) => library.facets(query, signal),
  'sessions.hide': async ({ keys }) => ({ changed: await parts.pendingDeletes.hide(keys), undoMs: parts.undoMs }),
  'sessions.restore': async ({ keys }) => ({ changed: await parts.pendingDeletes.restore(keys) }),
  'sessions.diagnose': ({ keys }) => ({ jobId: work.diagnose(keys) }),
  'sessions.get': (input) => store.get(input),
  'sessions.delete': (input) => library.remove(input.keys),
  'sessions.pin': (input) => marking.pin(input.keys, input.pinned),
  'notes.list': (input) => store.notes(input),
  'notes.add': (input) => marking.addNote(input),
  'notes.change': (input) => marking.changeNote(input),
  'notes.remove': (input) => marking.removeNote(input.id),
  'notes.restore': (input) => marking.restoreNote(input.key, input.note),
  'tags.list': () => store.tags(),
  'tags.add': (input) => marking.tag(input.keys, input.name, true),
  'tags.remove': (input) => marking.tag(input.keys, input.name, false),
  'recording.chunks': (input) => store.chunks(input),
  'recording.chunk': (input) => store.chunk(input),
  'recording.signals': (input) => library.signals(input.key),
  'recording.diagnosis': (input) => library.diagnosis(input.key),
  'findings.alike': (query) => store.alike(query),
  'recording.elements': (input, { signal }) => inspection.ask('elements', input, signal),
  'recording.findElements': (input, { signal }) => inspection.ask('findElements', input, signal),
  'recording.events': (input, { signal }) => inspection.ask('events', input, signal),
  'recording.eventAt': (input, { signal }) => inspection.ask('eventAt', input, signal),
  'recording.event': (input, { signal }) => inspection.ask('event', input, signal),
  'servers.list': () => store.servers(),
  'servers.test': (input, { signal }) => testServer(parts.fetch, input, signal),
  'servers.add': (input, { signal }) => work.addServer(input, signal),
  'servers.check': (input, { signal }) => checkServer(parts.connections, input.id, signal),
  'servers.change': (input) => work.changeServer(input),
  'servers.remove': (input) => work.removeServer(input.id),
  'sync.start': (input) => ({ jobId: work.sync(input.id) }),
  'localServer.status': () => parts.localServer.status(),
  'localServer.start': () => parts.localServer.start(),
  'localServer.stop': () => parts.localServer.stop(),
  'storage.summary': () => store.summary(),
  'storage.sources': () => store.sources(),
  'retention.get': ({ id }, { signal }) =>
    parts.connections.once(id, async ({ client }) => {
      const [{ days }, { sessions }] = await Promise.all([
        client.ask('retention', {}, signal),
        client.ask('holds', {}, signal),
      ]);
      return { days, held: sessions.length };
    }),
  'demo.open': () => ({ jobId: work.openDemo() }),
  'jobs.list': () => jobs.list(),
  'models.get': () => models.get(),
  'models.save': (input) => models.save(input),
  'models.remove': () => models.remove(),
  'models.test': (input, { signal }) => models.test(input, signal),
  'models.prepare': (input) => models.prepare(input),
  'models.ask': (input, { signal }) => models.ask(input, signal),
  'transcripts.list': (input) => store.transcripts(input),
  'jobs.cancel': (input) => jobs.cancel(input.jobId),
  'live.list': () => parts.watcher.list(),
  'live.watch': (_, { signal }) => parts.watcher.watch(signal),
  'live.open': async (input, { signal }) => ({ key: await parts.follower.open(input.server, input.session, signal) }),
  'live.follow': async (input, { signal }) => ({ followed: await parts.follower.follow(input.key, signal) }),
  'live.session': (input) => parts.follower.state(input.key),
});

/** What the shell and the CLI may ask for beside that. */
export const privilegedHandlers = ({ jobs, work }: Parts): HandlersOf<PrivilegedCalls, CallContext> => ({
  'import.files': (input) => ({ jobId: work.importFiles(input.paths) }),
  'export.session': (input) => ({ jobId: work.exportSessions(input.keys, input.path) }),
  'jobs.wait': (input) => jobs.wait(input.jobId),
});

/** What a replay frame may ask for: its own session, nothing else. */
export const frameHandlers = (
  { store, arrivals }: Pick<Parts, 'store' | 'arrivals'>,
  key: SessionKey,
): HandlersOf<FrameCalls, CallContext> => {
  const chunks = async () => (await store.chunks({ key })).filter(({ window }) => !isBackendWindow(window));
  return {
    'frame.chunks': chunks,
    'frame.more': async ({ from }, { signal }) => {
      for (;;) {
        // Waits before it looks: nothing that comes in between is missed.
        const arrival = arrivals.next(key, signal);
        const fresh = (await chunks()).filter(({ index }) => index >= from);
        if (fresh.length > 0 || signal.aborted) return fresh;
        await arrival;
      }
    },
    'frame.chunk': ({ index }) => store.chunk({ key, index }),
  };
};
