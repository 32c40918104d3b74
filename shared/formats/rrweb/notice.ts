import type { SplitCounts } from '../json/element-splitter.ts';
import type { ReadCounts } from './event-reader.ts';

/** Everything a reading of a file can have to say about it. */
export interface ReadingReport {
  readonly split: SplitCounts;
  readonly read: ReadCounts;
  /** The text ended inside a value. */
  readonly truncated: boolean;
  /** The compressed stream ended early or broke off. */
  readonly brokenArchive: boolean;
  /** Some bytes were no valid text. */
  readonly badText: boolean;
  /** Reading stopped at a cap, named in words. */
  readonly cap: string | null;
}

const plural = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** The session's notice: what is missing or was mended, or null when all is as it should be. */
export function noticeOf(report: ReadingReport): string | null {
  const { split, read } = report;
  const lines: string[] = [];
  const count = (many: number, text: string): void => {
    if (many > 0) lines.push(text);
  };
  if (report.brokenArchive || report.truncated) {
    lines.push(`The file breaks off: the ${plural(read.events, 'event', 'events')} before the break were kept.`);
  }
  if (report.cap) lines.push(`${report.cap}: the ${plural(read.events, 'event', 'events')} before it were kept.`);
  if (read.fullSnapshots === 0) lines.push('It holds no full snapshot, so the page itself cannot be shown.');
  else if (read.metas === 0) lines.push('It holds no size of the page; a usual size is taken.');
  count(read.unreadable, `${plural(read.unreadable, 'entry', 'entries')} could not be read.`);
  const others = read.notEvents + split.stray;
  count(others, `${plural(others, 'entry was', 'entries were')} no rrweb event.`);
  count(split.tooLarge, `${plural(split.tooLarge, 'event', 'events')} larger than the limit left out.`);
  count(split.tooDeep, `${plural(split.tooDeep, 'event', 'events')} nested deeper than the limit left out.`);
  count(read.noTime, `${plural(read.noTime, 'event', 'events')} without a time placed next to their neighbours.`);
  count(read.negativeTime, `${plural(read.negativeTime, 'event lies', 'events lie')} before 1970.`);
  if (report.badText) lines.push('Some bytes were no valid text and were replaced.');
  return lines.length > 0 ? lines.join(' ') : null;
}
