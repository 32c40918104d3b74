import { countText, manyText, sizeText } from '../../lib/size-text.ts';
import type { SplitCounts } from '../json/element-splitter.ts';
import type { ReadCounts } from './event-reader.ts';

/** Everything a reading of a file can have to say about it. */
export interface ReadingReport {
  readonly split: SplitCounts;
  readonly read: ReadCounts;
  /** The text ended inside a value. */
  readonly truncated: boolean;
  /** How the compressed stream ended. */
  readonly archive: 'whole' | 'cut off' | 'damaged';
  /** Some bytes were no valid text. */
  readonly badText: boolean;
  /** Reading stopped at a cap, named in words that complete "It ...". */
  readonly cap: string | null;
  /** Bytes of the file that were read, and in all. */
  readonly readBytes: number;
  readonly bytes: number;
}

/** The session's notice: what is missing or was mended, or null when all is as it should be. */
export function noticeOf(report: ReadingReport): string | null {
  const { split, read } = report;
  const lines: string[] = [];
  const say = (many: number, text: string): void => {
    if (many > 0) lines.push(text);
  };
  if (report.cap) lines.push(`It ${report.cap}: ${keptOf(report)}. Cut the recording into parts to see the rest.`);
  else if (report.archive === 'damaged') {
    lines.push(`Its compressed data is damaged: ${keptOf(report)}. Ask for the file again.`);
  } else if (report.truncated || report.archive === 'cut off') {
    const where = report.truncated ? 'in the middle of an event' : 'before its compressed data does';
    const from = `from ${sizeText(report.bytes)}; what followed is not in the file`;
    lines.push(
      `The file ends ${where}: ${keptOf({ ...report, readBytes: report.bytes })}, ${from}. Ask for the whole file.`,
    );
  }
  say(Number(read.fullSnapshots === 0), withoutPage(read.events));
  say(Number(read.fullSnapshots > 0 && read.metas === 0), 'It holds no size of the page; a usual size is taken.');
  // Behind the damage of a compressed stream lies rubbish; how much of it looks like what says nothing.
  if (report.archive === 'whole') {
    say(read.unreadable, `${manyText(read.unreadable, 'entry', 'entries')} could not be read.`);
    const others = read.notEvents + split.stray;
    say(others, `${manyText(others, 'entry was', 'entries were')} no rrweb event.`);
  }
  say(split.tooLarge, `${manyText(split.tooLarge, 'event')} larger than the limit left out.`);
  say(split.tooDeep, `${manyText(split.tooDeep, 'event')} nested deeper than the limit left out.`);
  say(read.noTime, `${manyText(read.noTime, 'event')} without a time placed next to their neighbours.`);
  say(
    read.absurdTime,
    `${manyText(read.absurdTime, 'event')} years away from the others placed next to their neighbours.`,
  );
  say(
    read.jumps,
    `The clock was set ${read.jumps === 1 ? 'once' : `${countText(read.jumps)} times`}, by more than a year.`,
  );
  say(read.backwards, `${manyText(read.backwards, 'event')} out of order; they are played by their times.`);
  say(read.negativeTime, `${manyText(read.negativeTime, 'event lies', 'events lie')} before 1970.`);
  say(Number(report.badText), 'Some bytes were no valid text and were replaced.');
  return lines.length > 0 ? lines.join(' ') : null;
}

const withoutPage = (events: number): string =>
  events === 1
    ? 'It holds a single event and no full snapshot, so there is no page to play. Ask for the recording from its start.'
    : 'It holds no full snapshot, so the page itself cannot be shown. Ask for the recording from its start.';

/** What was kept, and of how many: what of the file was not read is estimated by its size. */
function keptOf({ read, readBytes, bytes }: ReadingReport): string {
  const kept = `the ${manyText(read.events, 'event')} before that ${read.events === 1 ? 'was' : 'were'} kept`;
  if (readBytes >= bytes) return kept;
  const inAll = Math.max(read.events, Math.round((read.events * bytes) / Math.max(1, readBytes)));
  return `${kept}, of about ${countText(Number(inAll.toPrecision(2)))} (${sizeText(readBytes)} of ${sizeText(bytes)})`;
}
