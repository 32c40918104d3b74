/** What was seen at one place of a JSON value: kinds of plain values, and the fields or items below. */
interface Shape {
  readonly plain: Set<string>;
  objects: number;
  readonly fields: Map<string, Shape & { seen: number }>;
  items?: Shape;
}

const MAX_DEPTH = 6;
const MAX_FIELDS = 40;
const MAX_ITEMS = 20;
const MAX_VALUES = 600;
const MAX_CHARS = 2_000;

/** Keys that read like names. Others (ids, addresses, numbers) are data in the place of a name and become `*`. */
const NAME = /^(?!.*\d{3})[A-Za-z_$][\w$-]{0,39}$/;

const empty = (): Shape => ({ plain: new Set(), objects: 0, fields: new Map() });

function look(value: unknown, shape: Shape, depth: number, budget: { left: number }): void {
  budget.left--;
  if (value === null || typeof value !== 'object') {
    shape.plain.add(value === null ? 'null' : typeof value);
  } else if (depth >= MAX_DEPTH || budget.left <= 0) {
    shape.plain.add('…');
  } else if (Array.isArray(value)) {
    shape.items ??= empty();
    for (const item of value.slice(0, MAX_ITEMS)) look(item, shape.items, depth + 1, budget);
  } else {
    shape.objects++;
    const keys = Object.keys(value);
    const seen = new Set<string>();
    for (const key of keys) {
      const name = NAME.test(key) && keys.length <= MAX_FIELDS ? key : '*';
      const field = shape.fields.get(name) ?? { ...empty(), seen: 0 };
      shape.fields.set(name, field);
      if (!seen.has(name)) field.seen++;
      seen.add(name);
      if (budget.left <= 0) return;
      look((value as Record<string, unknown>)[key], field, depth + 1, budget);
    }
  }
}

function print(shape: Shape): string {
  const parts = [...shape.plain];
  if (shape.objects > 0) {
    const fields = [...shape.fields].sort(([a], [b]) => (a < b ? -1 : 1));
    const texts = fields.map(([name, field]) => `${name}${field.seen < shape.objects ? '?' : ''}:${print(field)}`);
    parts.push(`{${texts.join(',')}}`);
  }
  if (shape.items) parts.push(`[${print(shape.items)}]`);
  return parts.sort().join('|');
}

/**
 * Keys and types of a JSON value, never a value: `{items:[{id:number,name?:string}],total:number}`. The items of an array
 * are described together (`?`: not in each); keys are sorted, so that equal shapes read equal. Bounded in depth and size.
 */
export function shapeOf(value: unknown): string {
  const shape = empty();
  look(value, shape, 0, { left: MAX_VALUES });
  const text = print(shape);
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS - 1)}…` : text;
}
