type Slot = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Merely asking for a storage throws where the browser refuses it. */
const attempt = (get: () => Slot): Slot | undefined => {
  try {
    return get();
  } catch {
    return undefined; // no storage: ids then last as long as the page
  }
};

/** Shared by all tabs of the origin. */
export const visitStorage = (page: Window): Slot | undefined => attempt(() => page.localStorage);

/** Of this tab; a frame shares that of its tab and therefore must not use it. */
export const tabStorage = (page: Window): Slot | undefined =>
  page.parent === page ? attempt(() => page.sessionStorage) : undefined;
