/** After so long without a sign of the person a visit is over: 30 minutes, the usual convention of web analytics. */
export const IDLE_MS = 30 * 60 * 1000;

/** A visit that lasts longer goes on as another one: what is shown as one line should fit on one. */
export const MAX_MS = 8 * 60 * 60 * 1000;

/** How often a sign of life is written for the other tabs. */
const TOUCH_EVERY_MS = 5_000;

/** The visit of one person, over all tabs of an origin. */
export interface Visit {
  /** The visit to record under now: the running one of any tab, or a new one. */
  begin(): string;
  /** The person is there. @returns whether the recording was idle or lasts for too long, so that a new one has to begin. */
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
  /** The session that the app around the page records: it then decides when a visit ends, and storage is left alone. */
  readonly given?: () => string | undefined;
}

interface Stored {
  readonly id: string;
  /** Of the last sign of life. */
  readonly at: number;
  readonly startedAt: number;
}

const parse = (text: string | null): Stored | undefined => {
  const [id, at, startedAt = at] = text?.split(' ') ?? [];
  const isOne = id && /^[\w-]{1,64}$/.test(id) && Number.isFinite(Number(at)) && Number.isFinite(Number(startedAt));
  return isOne ? { id, at: Number(at), startedAt: Number(startedAt) } : undefined;
};

const isOver = ({ at, startedAt }: Stored, now: number): boolean => now - at >= IDLE_MS || now - startedAt >= MAX_MS;

/** Storage can fail at any call (quota, privacy modes); the memory copy then counts. */
export function createVisit({ storage, name, now, newId, given = () => undefined }: VisitDeps): Visit {
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
      storage?.setItem(name, `${stored.id} ${stored.at} ${stored.startedAt}`);
    } catch {
      // Refused or full: `memory` has it, and other tabs then record visits of their own.
    }
  };

  return {
    begin() {
      const id = given();
      if (id !== undefined) {
        memory = { id, at: now(), startedAt: now() };
        return id;
      }
      const running = read();
      const at = now();
      write(running && !isOver(running, at) ? { ...running, at } : { id: newId(), at, startedAt: at });
      return memory?.id ?? '';
    },
    touch() {
      const id = given();
      if (id !== undefined) return id !== memory?.id;
      const at = now();
      if (!memory || isOver(memory, at)) return true;
      memory = { ...memory, at };
      if (at - writtenAt >= TOUCH_EVERY_MS) write(memory);
      return false;
    },
    idle: () => given() === undefined && (!memory || now() - memory.at >= IDLE_MS),
  };
}
