import type { Difference } from './find-fresh.ts';
import { continues, valuesOf } from './log.ts';
import type { MirrorNode, Tree } from './tree.ts';
import { VersionedTable } from './versioned-table.ts';

/** The data of an rrweb incremental event. */
export type EmittedData = { readonly source: number } & Readonly<Record<string, unknown>>;

/** What scripts did to the style sheets of elements. */
export function emitRules(from: Tree | null, to: Tree, ids: Iterable<number>, out: EmittedData[]): void {
  for (const id of ids) {
    const skip = from?.get(id)?.rules?.length ?? 0;
    for (const change of valuesOf(to.get(id)?.rules ?? null, skip)) out.push({ ...structuredClone(change), id });
  }
}

/** What the person had entered. A checked radio unchecks its group, so one that changed means that all are set again. */
export function emitInputs(from: Tree | null, to: Tree, { changed, fresh }: Difference, out: EmittedData[]): void {
  const inputs = new Map<number, NonNullable<MirrorNode['input']>>();
  let radios = false;
  for (const id of new Set([...changed, ...fresh])) {
    const node = to.get(id);
    radios ||= isRadio(node ?? from?.get(id));
    if (!node) continue;
    const before = fresh.has(id) ? null : (from?.get(id)?.input ?? null);
    if (node.input && (before?.text !== node.input.text || before.isChecked !== node.input.isChecked)) {
      inputs.set(id, node.input);
    }
    const select = fresh.has(id) && node.shape.tag === 'option' ? selectOf(to, node) : null;
    if (select?.input) inputs.set(select.id, select.input); // the browser chose another one when its options went
  }
  if (radios) {
    const all = to
      .subtree(to.root)
      .flatMap((id) => to.get(id) ?? [])
      .filter(isRadio);
    // On a page built anew the attributes say it all as long as nobody chose.
    if (from || all.some(({ input }) => input)) for (const node of all) inputs.set(node.id, radioState(node));
  }
  const emitted = [...inputs].map(([id, input]) => ({ source: 5, id, ...input }));
  out.push(...emitted.filter((input) => !input.isChecked), ...emitted.filter((input) => input.isChecked));
}

/** One of a group of which the browser keeps one checked. */
export const isRadio = (node: MirrorNode | undefined): boolean =>
  node?.shape.tag === 'input' && node.attributes.type === 'radio';

/** What a radio button shows: what was chosen, or what its attributes say. */
export const radioState = ({ input, attributes }: MirrorNode): NonNullable<MirrorNode['input']> =>
  input ?? {
    text: typeof attributes.value === 'string' ? attributes.value : 'on',
    isChecked: attributes.checked !== undefined,
  };

function selectOf(tree: Tree, option: MirrorNode): MirrorNode | null {
  let at = tree.get(option.parent);
  while (at?.shape.tag === 'optgroup') at = tree.get(at.parent);
  return at?.shape.tag === 'select' ? at : null;
}

/**
 * Scroll positions. After nodes came or went a browser may have moved any of them, so `all` sets every one again;
 * scrolling forces a layout, so otherwise only those that differ.
 */
export function emitScrolls(
  from: Tree | null,
  to: Tree,
  fresh: ReadonlySet<number>,
  all: boolean,
  out: EmittedData[],
): void {
  for (const [id, { x, y }] of to.scrolls.entries()) {
    const before = from?.scrolls.get(id);
    if (all || fresh.has(id) || before?.x !== x || before.y !== y) out.push({ source: 3, id, x, y });
  }
  if (!from) return;
  for (const [id] of from.scrolls.entries()) {
    if (!to.scrolls.get(id) && to.get(id) && !fresh.has(id)) out.push({ source: 3, id, x: 0, y: 0 });
  }
}

/** Constructed style sheets: only what was appended to them where that is all, else all of them again. */
export function emitAdopted(from: Tree | null, to: Tree, fresh: ReadonlySet<number>, out: EmittedData[]): void {
  const sheets = from ? VersionedTable.changed(from.sheets, to.sheets) : [];
  const hosts = from ? VersionedTable.changed(from.adopted, to.adopted) : [];
  const rebuilt = [...to.adopted.entries()].some(([id]) => fresh.has(id));
  if (from && !rebuilt && hosts.length + sheets.length === 0) return;
  const appended = from && !rebuilt && hosts.length === 0 && sheets.every((id) => grew(from, to, id));
  if (appended) {
    for (const styleId of sheets) {
      const skip = from.sheets.get(styleId)?.changes?.length ?? 0;
      for (const change of valuesOf(to.sheets.get(styleId)?.changes ?? null, skip)) {
        out.push({ ...structuredClone(change), styleId });
      }
    }
    return;
  }
  emitAllSheets(to, out);
  for (const id of hosts) if (!to.adopted.get(id) && to.get(id)) out.push({ source: 15, id, styleIds: [] });
}

function grew(from: Tree, to: Tree, styleId: number): boolean {
  const before = from.sheets.get(styleId);
  const after = to.sheets.get(styleId);
  return !!before && !!after && before.rules === after.rules && continues(after.changes, before.changes);
}

function emitAllSheets(to: Tree, out: EmittedData[]): void {
  const made = new Set<number>();
  for (const [id, wanted] of to.adopted.entries()) {
    // A sheet can be made and used in one document only; one that is not there would make rrweb wait for it.
    const document = to.documentOf(id);
    const styleIds = wanted.filter((styleId) => to.sheets.get(styleId)?.document === document);
    const styles = styleIds
      .filter((styleId) => !made.has(styleId))
      .map((styleId) => ({ styleId, rules: structuredClone(to.sheets.get(styleId)?.rules ?? []) }));
    for (const styleId of styleIds) made.add(styleId);
    out.push({ source: 15, id, styleIds, ...(styles.length > 0 ? { styles } : {}) });
  }
  for (const styleId of made) {
    for (const change of valuesOf(to.sheets.get(styleId)?.changes ?? null)) {
      out.push({ ...structuredClone(change), styleId });
    }
  }
}

/** Fonts that scripts loaded; a page keeps those it has. */
export function emitFonts(from: Tree | null, to: Tree, out: EmittedData[]): void {
  const known = from && continues(to.fonts, from.fonts) ? (from.fonts?.length ?? 0) : 0;
  if (from?.fonts && !continues(to.fonts, from.fonts)) return;
  for (const font of valuesOf(to.fonts, known)) out.push({ source: 10, ...structuredClone(font) });
}
