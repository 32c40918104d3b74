import { BATCH_VERSION, BatchHead } from '../../shared/wire/batch.ts';
import { HttpProblem } from '../http/http-problem.ts';

/** The head of a batch from the fields of a query or frame. @throws HttpProblem 400 that names the first field that is wrong. */
export function readHead(fields: Readonly<Record<string, unknown>>): BatchHead {
  const parsed = BatchHead.safeParse(fields);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new HttpProblem(400, 'bad-request', `The batch's "${issue?.path.join('.')}" is not right: ${issue?.message}`);
  }
  const head = parsed.data;
  checkVersion(head.v);
  if (!Number.isSafeInteger(head.first + head.count)) {
    throw new HttpProblem(400, 'bad-request', 'The batch\'s "first" is too large.');
  }
  return head;
}

/** @throws HttpProblem 400 for a version of the format that is not ours. */
export function checkVersion(version: number): void {
  if (version === BATCH_VERSION) return;
  throw new HttpProblem(
    400,
    'unsupported',
    `This server takes batches of version ${BATCH_VERSION}, not ${version}. Install the newer one of server and SDK.`,
  );
}
