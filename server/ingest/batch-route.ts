import type { IncomingMessage } from 'node:http';
import { ANY_ORIGIN } from '../http/cors.ts';
import { sendJson } from '../http/http-problem.ts';
import { type BodyReceiver, tooLarge } from '../http/receive-body.ts';
import type { Exchange } from '../http/route.ts';
import { readHead } from './read-head.ts';
import type { SenderOf } from './sender.ts';
import type { BatchTaker } from './take-batch.ts';

/** What the route needs. */
export interface BatchRouteDeps {
  readonly taker: BatchTaker;
  readonly receiver: BodyReceiver;
  readonly batchBytes: number;
  readonly senderOf: SenderOf;
}

/** `POST /v1/batches?<BatchHead>`: checks the head, keeps the body as it came, answers when it is on the disk. */
export const createBatchRoute =
  ({ taker, receiver, batchBytes, senderOf }: BatchRouteDeps) =>
  async ({ request, response, query }: Exchange): Promise<void> => {
    const head = readHead(Object.fromEntries(query));
    const declared = declaredBytes(request);
    const sender = senderOf(request);
    const project = await taker.admit(head.key, sender, declared);
    if (declared !== undefined && declared > batchBytes) throw tooLarge(batchBytes);
    const receipt = await receiver.withBody(request, (body) => taker.keep(head, project, body, sender));
    sendJson(response, 200, receipt, ANY_ORIGIN);
  };

function declaredBytes(request: IncomingMessage): number | undefined {
  const text = request.headers['content-length'];
  return text === undefined ? undefined : Number(text);
}
