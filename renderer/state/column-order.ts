/** The ids in the chosen order; those that were not placed (newer columns) keep their place after the one before them. */
export function orderedColumns(all: readonly string[], order: readonly string[]): readonly string[] {
  const known = order.filter((id) => all.includes(id));
  const result = [...known];
  for (const [index, id] of all.entries()) {
    if (known.includes(id)) continue;
    const before = all.slice(0, index).findLast((other) => result.includes(other));
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  }
  return result;
}

/** The order with `id` moved to just before `target` (null: to the end). */
export function moveColumn(order: readonly string[], id: string, target: string | null): readonly string[] {
  if (id === target) return order;
  const rest = order.filter((other) => other !== id);
  const at = target === null ? rest.length : rest.indexOf(target);
  return at < 0 ? order : [...rest.slice(0, at), id, ...rest.slice(at)];
}

/** One step of an order of rows. */
export interface SortStep<B extends string> {
  readonly by: B;
  readonly descending: boolean;
}

/**
 * The order after a click on a heading. Alone it becomes the only step, or turns round when it was; with `add` it becomes
 * one more step (at most `most`), or turns round where it stands.
 */
export function clickSort<B extends string>(
  steps: readonly SortStep<B>[],
  by: B,
  add: boolean,
  descendingFirst: boolean,
  most: number,
): readonly SortStep<B>[] {
  const known = steps.find((step) => step.by === by);
  if (!add) return [{ by, descending: known ? !known.descending : descendingFirst }];
  if (known) return steps.map((step) => (step.by === by ? { by, descending: !step.descending } : step));
  return [...steps.slice(0, most - 1), { by, descending: descendingFirst }];
}
