/** A row by its key, with the index it was last seen at. */
export interface Place<K extends string> {
  readonly index: number;
  readonly key: K;
}

/** What is selected in a list: keys, not objects, because rows come and go with their pages. */
export interface Selection<K extends string> {
  readonly keys: ReadonlySet<K>;
  /** The row that keys act on. */
  readonly active: Place<K> | null;
  /** Where a range starts. */
  readonly anchor: Place<K> | null;
}

/** One change of a selection. */
export type SelectionAction<K extends string> =
  /** A click or an arrow key: this row alone. */
  | { readonly type: 'one'; readonly place: Place<K> }
  /** Ctrl-click: adds the row or takes it away. */
  | { readonly type: 'toggle'; readonly place: Place<K> }
  /** Shift-click: from the anchor to this row; `keys` are all rows between, both ends included. */
  | { readonly type: 'range'; readonly place: Place<K>; readonly keys: readonly K[] }
  /** Everything listed; the active row stays. */
  | { readonly type: 'all'; readonly keys: readonly K[] }
  /** Rows that are gone. */
  | { readonly type: 'gone'; readonly keys: readonly K[] }
  /** The list was sorted or changed: `indexOf` says where a key is now, undefined when that is not known. */
  | { readonly type: 'moved'; readonly indexOf: (key: K) => number | undefined };

/** Nothing selected. */
export const NO_SELECTION: Selection<never> = { keys: new Set(), active: null, anchor: null };

/** The selection after `action`; the given one is not changed. */
export function select<K extends string>(selection: Selection<K>, action: SelectionAction<K>): Selection<K> {
  switch (action.type) {
    case 'one':
      return { keys: new Set([action.place.key]), active: action.place, anchor: action.place };
    case 'toggle': {
      const keys = new Set(selection.keys);
      if (!keys.delete(action.place.key)) keys.add(action.place.key);
      return { keys, active: action.place, anchor: action.place };
    }
    case 'range':
      return { keys: new Set(action.keys), active: action.place, anchor: selection.anchor ?? action.place };
    case 'all':
      return { ...selection, keys: new Set(action.keys) };
    case 'gone': {
      const keys = new Set(selection.keys);
      for (const key of action.keys) keys.delete(key);
      const gone = new Set(action.keys);
      const keep = (place: Place<K> | null): Place<K> | null => (place && gone.has(place.key) ? null : place);
      return { keys, active: keep(selection.active), anchor: keep(selection.anchor) };
    }
    case 'moved': {
      const follow = (place: Place<K> | null): Place<K> | null =>
        place && { ...place, index: action.indexOf(place.key) ?? place.index };
      return { ...selection, active: follow(selection.active), anchor: follow(selection.anchor) };
    }
  }
}
