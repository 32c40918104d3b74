// npm run check: everything that needs neither a browser nor Electron, in under two minutes.
import { runChecks } from './check/run-checks.ts';
import { testEnvironment } from './test/environment.ts';
import { openNoticeBox } from './test/notices.ts';
import { ownPlace, runVitest } from './test/run-vitest.ts';
import { failureLines, isGood, lastLine } from './test/tally.ts';

const notices = openNoticeBox();
const tallies = [await runChecks(), await runVitest(['unit', 'contract'], ownPlace(testEnvironment(notices.file)))];
for (const { text, times } of notices.empty()) console.log(`notice: ${text}${times > 1 ? ` (${times} times)` : ''}`);
for (const line of failureLines(tallies)) console.log(line);
console.log(lastLine(tallies));
process.exitCode = isGood(tallies) ? 0 : 1;
