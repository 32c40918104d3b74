/** After so long without a sign of the person a visit is over: 30 minutes, the usual convention of web analytics. */
export const IDLE_MS = 30 * 60 * 1000;

/** How often a sign of life is written for the other tabs. */
const TOUCH_EVERY_MS = 5_000;

/** The visit of one person, over all tabs of an origin. */
export interface Visit {
  /** The visit to record under now: the running one of any tab, or a new one. */
  begin(): string;
  /** The person is there. @returns whether the recording was idle for too long, so that a new part has to begin. */
  touch(): boolean;
  /** Whether the person has been away for too long. */
  idle(): boolean;
}

/** What a visit needs from outside. */
export interface VisitDeps {
  /** Absent where the browser refuses storage: then the visit lasts as long as the page. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  readonly name: string;
  readonly now: () => number;
  readonly newId: () => string;
}

interface Stored {
  readonly id: string;
  readonly at: number;
}

const parse = (text: string | null): Stored | undefined => {
  const [id, at] = text?.split(' ') ?? [];
  return id && /^[\w-]{1,64}$/.test(id) && Number.isFinite(Number(at)) ? { id, at: Number(at) } : undefined;
};

/** Storage can fail at any call (quota, privacy modes); the memory copy then counts. */
export function createVisit({ storage, name, now, newId }: VisitDeps): Visit {
  let memory: Stored | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;

  const read = (): Stored | undefined => {
    try {
      return parse(storage?.getItem(name) ?? null) ?? memory;
    } catch {
      return memory; // refused: nothing to report, the page chose so
    }
  };
  const write = (stored: Stored): void => {
    memory = stored;
    writtenAt = stored.at;
    try {
      storage?.setItem(name, `${stored.id} ${stored.at}`);
    } catch {
      // Refused or full: `memory` has it, and other tabs then record visits of their own.
    }
  };

  return {
    begin() {
      const running = read();
      const at = now();
      write({ id: running && at - running.at < IDLE_MS ? running.id : newId(), at });
      return memory?.id ?? '';
    },
    touch() {
      const at = now();
      if (!memory || at - memory.at >= IDLE_MS) return true;
      memory = { id: memory.id, at };
      if (at - writtenAt >= TOUCH_EVERY_MS) write(memory);
      return false;
    },
    idle: () => !memory || now() - memory.at >= IDLE_MS,
  };
}
