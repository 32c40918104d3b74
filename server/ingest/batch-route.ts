import type { IncomingMessage } from 'node:http';
import type { BatchHead, BatchReceipt } from '../../shared/wire/batch.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import { isAllowedOrigin } from '../auth/origins.ts';
import { ANY_ORIGIN } from '../http/cors.ts';
import { HttpProblem, sendJson, tooMany } from '../http/http-problem.ts';
import { type BodyReceiver, tooLarge } from '../http/receive-body.ts';
import type { Exchange } from '../http/route.ts';
import { BYTES_PER_TOKEN } from '../limits.ts';
import type { Metrics } from '../operation/metrics.ts';
import type { Body, CredentialRecord, NewBatch, Storage } from '../storage/storage.ts';
import { readHead } from './read-head.ts';
import type { Buckets } from './token-bucket.ts';

/** What taking in batches needs. */
export interface BatchRouteDeps {
  readonly storage: Pick<Storage, 'appendBatch'>;
  readonly authenticate: Authenticate;
  readonly perAddress: Buckets;
  readonly perKey: Buckets;
  readonly receiver: BodyReceiver;
  readonly batchBytes: number;
  readonly clock: () => number;
  readonly metrics: Pick<Metrics, 'batch'>;
}

/**
 * `POST /v1/batches?<BatchHead>`: checks the head, keeps the body as it came, answers when it is on the disk. The body is
 * neither inflated nor parsed here; what is in it is for its readers to judge.
 */
export const createBatchRoute =
  (deps: BatchRouteDeps) =>
  async ({ request, response, query }: Exchange): Promise<void> => {
    const head = readHead(query);
    const declared = declaredBytes(request);
    const cost = Math.ceil(Math.min(declared ?? deps.batchBytes, deps.batchBytes) / BYTES_PER_TOKEN) || 1;
    allow(
      deps.perAddress,
      request.socket.remoteAddress ?? 'unknown',
      cost,
      'This address sends more than the server takes.',
    );
    const { project } = await authorise(deps.authenticate, head.key, request.headers.origin);
    allow(deps.perKey, head.key, cost, 'This key sends more than the server takes.');
    if (declared !== undefined && declared > deps.batchBytes) throw tooLarge(deps.batchBytes);
    const { outcome, next } = await deps.receiver.withBody(request, async (body) => {
      checkForm(body);
      const kept = await deps.storage.appendBatch(toBatch(head, project, body, deps.clock()));
      deps.metrics.batch(kept.outcome, kept.outcome === 'stored' ? body.bytes : 0);
      return kept;
    });
    if (outcome === 'erased') {
      throw new HttpProblem(410, 'erased', 'This session was erased and takes no more events. A new one is recorded.');
    }
    if (outcome === 'conflict') {
      throw new HttpProblem(
        409,
        'conflict',
        `Events ${head.first} to ${head.first + head.count - 1} of this generation are kept already, with other content. The first ones stand.`,
      );
    }
    const receipt = { generation: head.generation, next, duplicate: outcome === 'duplicate' } satisfies BatchReceipt;
    sendJson(response, 200, receipt, ANY_ORIGIN);
  };

async function authorise(
  authenticate: Authenticate,
  key: string,
  origin: string | undefined,
): Promise<CredentialRecord> {
  const credential = await authenticate('write', key);
  if (!credential) {
    const reason = 'This write key is not known here, was revoked or has expired. Compare it with the pasted snippet.';
    throw new HttpProblem(401, 'unauthorized', reason);
  }
  if (isAllowedOrigin(credential.origins, origin)) return credential;
  const reason = `This write key is not for pages of ${origin?.slice(0, 200) ?? 'no origin'}. Add the origin to a key of its own.`;
  throw new HttpProblem(403, 'forbidden', reason);
}

function allow(buckets: Buckets, name: string, cost: number, message: string): void {
  const waitMs = buckets.take(name, cost);
  if (waitMs > 0) throw tooMany(message, waitMs);
}

function declaredBytes(request: IncomingMessage): number | undefined {
  const text = request.headers['content-length'];
  return text === undefined ? undefined : Number(text);
}

/** A look at the first bytes, which costs nothing, keeps out what surely is no batch. */
function checkForm({ parts }: Body): void {
  const [first, second] = Buffer.concat(parts.slice(0, 2).map((part) => part.subarray(0, 2)));
  const isJson = first === 0x5b; // [
  const isGzip = first === 0x1f && second === 0x8b;
  if (isJson || isGzip) return;
  throw new HttpProblem(400, 'bad-request', 'The body is neither gzip nor a JSON array.');
}

const toBatch = (head: BatchHead, project: string, body: Body, receivedAt: number): NewBatch => ({
  project,
  session: head.session,
  window: head.window,
  generation: head.generation,
  first: head.first,
  count: head.count,
  fromAt: head.from,
  toAt: head.to,
  sentAt: head.sent,
  receivedAt,
  body,
});
