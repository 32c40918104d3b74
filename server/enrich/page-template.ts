import { readAddress, routeOf } from '../../shared/facts/index.ts';

/** A page's address with what looks like an id replaced by `:id`: the same page of two orders compares equal. */
export function pageTemplate(url: string): string {
  const { origin, path } = readAddress(url);
  return origin + routeOf(path);
}
