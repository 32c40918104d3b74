import { BATCH_VERSION, BatchHead } from '../../shared/wire/batch.ts';
import { HttpProblem } from '../http/http-problem.ts';

/** The head of a batch from the query. @throws HttpProblem 400 that names the first field that is wrong. */
export function readHead(query: URLSearchParams): BatchHead {
  const parsed = BatchHead.safeParse(Object.fromEntries(query));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new HttpProblem(400, 'bad-request', `The batch's "${issue?.path.join('.')}" is not right: ${issue?.message}`);
  }
  const head = parsed.data;
  if (head.v !== BATCH_VERSION) {
    throw new HttpProblem(
      400,
      'unsupported',
      `This server takes batches of version ${BATCH_VERSION}, not ${head.v}. Install the newer one of server and SDK.`,
    );
  }
  if (!Number.isSafeInteger(head.first + head.count)) {
    throw new HttpProblem(400, 'bad-request', 'The batch\'s "first" is too large.');
  }
  return head;
}
