/** The places of a JSON shape: `items[].id`. */
interface Places {
  readonly always: Set<string>;
  readonly optional: Set<string>;
  /** Places where nothing can be told from a missing key: empty lists, nulls, and shapes that were cut. */
  readonly open: Set<string>;
}

/** Bounds the work on made-up shapes. */
const MAX_PLACES = 500;

/**
 * Whether two shapes as recorded (`{items:[{id:number,name?:string}],total:number}`) promise different keys or kinds of
 * containers. An empty list, null or a cut shape agrees with anything at its place; optional keys may be absent; kinds of plain
 * values are not compared, because a number that is null today is no change of the contract.
 */
export function shapesDiffer(a: string, b: string): boolean {
  if (a === b) return false;
  const left = placesOf(a);
  const right = placesOf(b);
  return lacks(left, right) || lacks(right, left);
}

function lacks(expected: Places, actual: Places): boolean {
  for (const place of expected.always) {
    if (!actual.always.has(place) && !actual.optional.has(place) && !isOpen(actual, place)) return true;
  }
  return false;
}

function isOpen({ open }: Places, place: string): boolean {
  if (open.has('')) return true;
  for (let end = place.length; end > 0; end -= 1) {
    const next = place[end];
    if ((next === undefined || next === '.' || next === '[') && open.has(place.slice(0, end))) return true;
  }
  return false;
}

function placesOf(shape: string): Places {
  const places: Places = { always: new Set(), optional: new Set(), open: new Set() };
  // What encloses the current position, and whether everything there is optional.
  const stack: { path: string; optional: boolean }[] = [];
  let path = '';
  let optional = false;
  let i = 0;
  const add = (place: string): void => {
    if (places.always.size + places.optional.size < MAX_PLACES) (optional ? places.optional : places.always).add(place);
    else places.open.add('');
  };
  while (i < shape.length) {
    const char = shape[i];
    if (char === '{' || char === '[') {
      stack.push({ path, optional });
      if (char === '[') {
        if (shape[i + 1] === ']') places.open.add(path);
        add(`${path}[]`);
        path = `${path}[]`;
      }
      i += 1;
      continue;
    }
    if (char === '}' || char === ']') {
      const outer = stack.pop();
      path = outer?.path ?? '';
      optional = outer?.optional ?? false;
      i += 1;
      continue;
    }
    if (char === ',' || char === '|') {
      const around = stack.at(-1);
      if (char === ',') {
        path = around?.path ?? '';
        optional = around?.optional ?? false;
      }
      i += 1;
      continue;
    }
    let end = i;
    while (end < shape.length && !'{}[],|:'.includes(shape[end] ?? '')) end += 1;
    const word = shape.slice(i, end);
    i = end;
    if (shape[i] === ':') {
      const isOptional = word.endsWith('?');
      optional = isOptional || (stack.at(-1)?.optional ?? false);
      path = `${stack.at(-1)?.path ?? ''}.${isOptional ? word.slice(0, -1) : word}`;
      add(path);
      i += 1;
    } else if (word === 'null' || word.includes('…')) {
      places.open.add(path);
    }
  }
  return places;
}
