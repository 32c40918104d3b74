import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Gathers what the tests said this machine cannot provide. */
export interface NoticeBox {
  /** For TRACEFLOW_NOTICES; any user may append to it. */
  readonly file: string;
  add(text: string): void;
  /** Each notice once, with how often it was said; the file is removed. */
  empty(): { readonly text: string; readonly times: number }[];
}

/** Counts equal lines, in order of their first appearance. */
export function countLines(text: string): { text: string; times: number }[] {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) if (line !== '') counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, times]) => ({ text: line, times }));
}

/** Makes an empty box. */
export function openNoticeBox(): NoticeBox {
  const folder = mkdtempSync(join(tmpdir(), 'traceflow-notices-'));
  const file = join(folder, 'notices.txt');
  writeFileSync(file, '');
  chmodSync(folder, 0o755);
  chmodSync(file, 0o666); // the e2e tests append as another user
  return {
    file,
    add: (text) => writeFileSync(file, `${text}\n`, { flag: 'a' }),
    empty: () => {
      const lines = countLines(readFileSync(file, 'utf8'));
      rmSync(dirname(file), { recursive: true, force: true });
      return lines;
    },
  };
}
