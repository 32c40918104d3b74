import { isCommandId } from '../../shared/ipc/commands.ts';
import { messageOf } from '../../shared/lib/app-error.ts';
import { SessionKey } from '../../shared/model/identity.ts';
import { runFromMenu } from '../app/run-from-menu.ts';
import { createCommandRegistry } from '../state/command-registry.ts';
import { createWorkbenchStore } from '../state/workbench-store.ts';
import { createCallCache } from './call-cache.ts';
import { domPort } from './dom-port.ts';
import { createEngineClient } from './engine.ts';
import { createFramePorts } from './frame-ports.ts';
import { createJobFeed } from './job-feed.ts';
import type { Services } from './services.tsx';
import { createShellClient } from './shell.ts';
import { isStaleAfter } from './staleness.ts';
import { createStoreChanges } from './store-changes.ts';
import { receiveWindowMessages } from './window-messages.ts';

/** Connects the parts of a window: its state, the shell behind the preload, and the engine whose port is on its way. */
export function createServices(page: Window): Services {
  const engine = createEngineClient();
  const shell = createShellClient(page.traceflowShell);
  const store = createWorkbenchStore(shell.saved);
  const { notify, openTab } = store.getState();
  const commands = createCommandRegistry();
  const calls = createCallCache(engine);
  const changes = createStoreChanges(engine);
  changes.on((change) => calls.invalidate((name) => isStaleAfter(change, name)));
  const jobs = createJobFeed(engine, (why) => {
    // Of an engine that died the window tells once, by itself; the list is asked for again when there is another.
    if (engine.state().kind === 'ready')
      notify({ tone: 'error', title: 'The list of jobs could not be read.', text: why });
  });
  // Counting the library reads all of it: not at each page of a sync, but when a job is done.
  const recount = (): void => calls.invalidate((name) => name.startsWith('storage.'));
  changes.on(({ sessions }) => sessions && !jobs.all().some(({ state }) => state === 'running') && recount());
  jobs.onEnded((job) => {
    recount();
    if (job.state === 'failed') notify({ tone: 'error', title: `${job.title} failed`, text: job.message });
    if (job.state !== 'done') return;
    const only = SessionKey.safeParse(job.sessions.length === 1 ? job.sessions[0] : null);
    notify({ tone: 'success', title: `${job.title}: done`, text: job.message, session: only.data ?? null });
  });
  const framePorts = createFramePorts((key) => shell.openFramePort(key));
  receiveWindowMessages(page, {
    enginePort: (port) => engine.attach(domPort(port)),
    framePort: (key, port) => framePorts.deliver(key, port),
    engineFailed: (reason) => engine.fail(reason),
    openSession: openTab,
    recovered: () =>
      notify({ tone: 'info', title: 'The window had stopped and was started again.', text: 'Nothing stored is lost.' }),
    command: (id) => isCommandId(id) && runFromMenu(commands, id),
  });
  const appInfo = shell.call('app.info', undefined);
  appInfo.then(
    ({ engineFailure }) => engineFailure !== null && engine.fail(engineFailure),
    (error: unknown) => notify({ tone: 'error', title: 'The app did not answer.', text: messageOf(error) }),
  );
  return { appInfo, engine, shell, store, commands, calls, changes, jobs, framePorts };
}
