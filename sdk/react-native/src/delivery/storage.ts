/** Where an app keeps small texts: the shape of `@react-native-async-storage/async-storage`. */
export interface AppStorage {
  getItem(name: string): Promise<string | null>;
  setItem(name: string, value: string): Promise<unknown>;
  removeItem(name: string): Promise<unknown>;
}

/** The same without waiting. */
export type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Reads some texts once and answers from memory from then on; what is written goes to the storage too. Never rejects. */
export async function remember(storage: AppStorage | undefined, names: readonly string[]): Promise<Memory> {
  const known = new Map<string, string>();
  const read = async (name: string): Promise<void> => {
    const value = await storage?.getItem(name);
    if (typeof value === 'string') known.set(name, value);
  };
  await Promise.allSettled(names.map(read)); // what is refused lasts as long as the app runs
  const write = (body: (storage: AppStorage) => Promise<unknown>): void => {
    if (storage) void Promise.resolve(body(storage)).catch(() => undefined); // the same
  };
  return {
    getItem: (name) => known.get(name) ?? null,
    setItem(name, value) {
      known.set(name, value);
      write((to) => to.setItem(name, value));
    },
    removeItem(name) {
      known.delete(name);
      write((from) => from.removeItem(name));
    },
  };
}
