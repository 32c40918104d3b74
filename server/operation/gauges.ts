import { statfs } from 'node:fs/promises';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { ReadDb } from '../../shared/node/sqlite.ts';
import type { Storage } from '../storage/storage.ts';
import type { Gauge } from './metrics.ts';

/** Reads the state of a server when somebody asks. */
export interface Gauges {
  /** Begins to watch how late the event loop is. */
  start(): void;
  read(): Promise<Gauge[]>;
  stop(): void;
}

const count = (db: ReadDb, table: 'work' | 'dead_letter' | 'session'): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;

/** @param deps.derived what is derived, to see how far behind the journal it is. */
export function createGauges(deps: {
  readonly dir: string;
  readonly storage: Pick<Storage, 'head'>;
  readonly derived: { readonly db: ReadDb; cursor(): number };
  readonly streams: () => number;
}): Gauges {
  const { dir, storage, derived, streams } = deps;
  const delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 });
  return {
    start: () => {
      delay.enable();
    },
    async read() {
      const head = await storage.head();
      const disk = await statfs(dir);
      const lateS = delay.percentile(99) / 1e9;
      delay.reset();
      const gauge = (name: string, help: string, value: number): Gauge => ({ name, help, value });
      return [
        gauge('traceflow_head_seq', 'Highest sequence number of any batch.', head),
        gauge('traceflow_processor_lag_seqs', 'Sequence numbers the processor has not seen.', head - derived.cursor()),
        gauge('traceflow_processor_waiting_sessions', 'Sessions waiting to be derived.', count(derived.db, 'work')),
        gauge('traceflow_sessions', 'Sessions that are derived.', count(derived.db, 'session')),
        gauge('traceflow_dead_letters', 'Batches and sessions that cannot be read.', count(derived.db, 'dead_letter')),
        gauge('traceflow_streams', 'WebSockets that are open.', streams()),
        gauge('traceflow_disk_free_bytes', 'Room left for the folder.', disk.bavail * disk.bsize),
        gauge('traceflow_event_loop_late_seconds', 'How late the 99th of 100 turns was, since last asked.', lateS),
        gauge('process_resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss()),
      ];
    },
    stop: () => {
      delay.disable();
    },
  };
}
