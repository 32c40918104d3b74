/** The id of one browser tab, kept over reloads. */
export interface Tab {
  readonly id: string;
  /** The page goes away: whoever opens it next in this tab is its successor, not its copy. */
  leave(): void;
  /** The page came back from the back/forward cache. */
  enter(): void;
}

/** What a tab needs from outside. */
export interface TabDeps {
  /** Session storage, absent where the browser refuses it or in a frame, which shares the storage of its tab. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  readonly name: string;
  readonly newId: () => string;
}

const HERE = 'here';

/**
 * A duplicated tab starts with a copy of the session storage. So a page writes that it is there, and takes that back when
 * it goes: who finds `here` at its start looks at the copy of a living tab (or at the rest of a crashed one) and takes a new id.
 */
export function createTab({ storage, name, newId }: TabDeps): Tab {
  const attempt = <T>(body: () => T): T | undefined => {
    try {
      return body();
    } catch {
      return undefined; // storage refused: the id then lasts as long as the page
    }
  };
  const [known, state] = attempt(() => storage?.getItem(name)?.split(' ')) ?? [];
  const id = known && state !== HERE && /^[\w-]{1,64}$/.test(known) ? known : newId();
  const mark = (mark: string) => attempt(() => storage?.setItem(name, `${id} ${mark}`));
  mark(HERE);
  return { id, leave: () => mark('left'), enter: () => mark(HERE) };
}
