import { join } from 'node:path';
import { ANALYSIS_VERSION } from '../../../shared/analysis/version.ts';
import { FACTS_VERSION } from '../../../shared/facts/version.ts';
import type { Analyst } from '../analyst/analyst-api.ts';
import type { LocalServerHost, LocalServerOptions } from '../local-server/local-server-api.ts';
import type { LibraryReader } from '../store/library-reader.ts';
import type { DerivedVersions, Store } from '../store/store-api.ts';
import { type Remote, startWorker, type WorkerClient } from './worker-client.ts';

/** The engine's worker threads. They live as long as the engine. */
export interface Threads {
  readonly store: Remote<Store>;
  readonly reader: Remote<LibraryReader>;
  readonly analyst: Remote<Analyst>;
  readonly versions: DerivedVersions;
  /** What was mended when the library was opened. */
  readonly messages: readonly string[];
  readonly startLocalServer: () => WorkerClient<LocalServerHost>;
  stop(): Promise<void>;
}

/**
 * Heap of the thread that parses recordings: a one-hour session of 100,000 events takes some 300 MB; a hostile file that
 * wants more ends this thread and nothing else.
 */
const ANALYST_HEAP_MB = 1024;

/** Known without loading the code itself, which is the analysis thread's. */
const VERSIONS: DerivedVersions = { facts: FACTS_VERSION, analysis: ANALYSIS_VERSION };

const STORE_METHODS = [
  'opened',
  'list',
  'get',
  'find',
  'hide',
  'unhide',
  'erase',
  'remove',
  'chunks',
  'chunk',
  'layout',
  'signals',
  'diagnosis',
  'alike',
  'isDerived',
  'saveDerived',
  'stale',
  'markStale',
  'notes',
  'addNote',
  'changeNote',
  'removeNote',
  'summary',
  'sources',
  'tags',
  'tag',
  'pin',
  'marks',
  'mergeMarks',
  'beginImport',
  'appendImport',
  'commitImport',
  'abortImport',
  'servers',
  'saveServer',
  'changeServer',
  'removeServer',
  'noteServer',
  'history',
  'modelSettings',
  'saveModelSettings',
  'addTranscript',
  'transcripts',
  'beginPage',
  'stage',
  'commitPage',
  'close',
] as const satisfies readonly (keyof Store)[];

const READER_METHODS = ['list', 'facet', 'close'] as const satisfies readonly (keyof LibraryReader)[];

const ANALYST_METHODS = [
  'openImport',
  'nextImport',
  'closeImport',
  'derive',
  'writeEvidence',
  'cancelEvidence',
  'elements',
  'findElements',
  'events',
  'eventAt',
  'event',
  'cancelInspection',
] as const satisfies readonly (keyof Analyst)[];

/** @throws AppError when the library cannot be opened; no thread is left then. */
export async function startThreads(deps: {
  readonly profileDir: string;
  readonly now: number;
  readonly sdkFile: string | null;
  readonly nativeBinding?: string | undefined;
  readonly workerUrl: (name: string) => URL;
}): Promise<Threads> {
  const { profileDir, now, nativeBinding } = deps;
  const store = startWorker<Store>({
    name: 'library',
    url: deps.workerUrl('store'),
    data: { profileDir, now, nativeBinding },
    methods: STORE_METHODS,
  });
  const analyst = startWorker<Analyst>({
    name: 'analysis',
    url: deps.workerUrl('analyst'),
    data: null,
    maxHeapMb: ANALYST_HEAP_MB,
    lazy: true, // the list needs no analysis, and a start shows the list first
    methods: ANALYST_METHODS,
  });
  const reader = startWorker<LibraryReader>({
    name: 'reader of the library',
    url: deps.workerUrl('reader'),
    data: { profileDir, nativeBinding },
    lazy: true, // a start shows a list that the store reads faster than a thread starts
    methods: READER_METHODS,
  });
  const startLocalServer = (): WorkerClient<LocalServerHost> => {
    const options: LocalServerOptions = { dir: join(profileDir, 'local-server'), sdkFile: deps.sdkFile, nativeBinding };
    return startWorker<LocalServerHost>({
      name: 'local server',
      url: deps.workerUrl('local-server'),
      data: options,
      methods: ['start'],
    });
  };
  const stop = async (): Promise<void> => {
    await Promise.all([store.stop(), analyst.stop(), reader.stop()]);
  };
  try {
    const { messages } = await store.api.opened();
    return {
      store: store.api,
      reader: reader.api,
      analyst: analyst.api,
      versions: VERSIONS,
      messages,
      startLocalServer,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
