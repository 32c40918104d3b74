import type { BatchHead, BatchReceipt } from '../../shared/wire/batch.ts';
import type { Authenticate } from '../auth/authenticate.ts';
import { isAllowedOrigin } from '../auth/origins.ts';
import type { FindRegion } from '../enrich/geo-table.ts';
import { HttpProblem, tooMany } from '../http/http-problem.ts';
import { BYTES_PER_TOKEN } from '../limits.ts';
import type { Metrics } from '../operation/metrics.ts';
import type { Scrub } from '../scrub/scrubber.ts';
import type { Body, CredentialRecord, NewBatch, Storage } from '../storage/storage.ts';
import type { Buckets } from './token-bucket.ts';

/** What taking in batches needs. */
export interface BatchTakerDeps {
  readonly storage: Pick<Storage, 'appendBatch'>;
  readonly authenticate: Authenticate;
  readonly perAddress: Buckets;
  readonly perKey: Buckets;
  readonly batchBytes: number;
  readonly clock: () => number;
  readonly metrics: Pick<Metrics, 'batch'>;
  /** Where an address is; the address itself is kept nowhere. */
  readonly findRegion: FindRegion | undefined;
  readonly scrub: Scrub;
}

/** Where a batch comes from. */
export interface Sender {
  readonly address: string;
  /** The page's, as its browser says. */
  readonly origin: string | undefined;
}

/** Takes batches in, whatever way they came. */
export interface BatchTaker {
  /**
   * Lets a sender send a body of so many bytes, undefined when it is not known yet.
   * @returns the key's project. @throws HttpProblem 401, 403 or 429.
   */
  admit(key: string, sender: Sender, bytes: number | undefined): Promise<string>;
  /**
   * Keeps a body as it came: what is in it is for its readers to judge. Only of a project with scrub rules it is read, and what they name
   * taken out, before anything is kept.
   * @returns once it is on the disk. @throws HttpProblem 400, 409 or 410, StorageFullError.
   */
  keep(head: BatchHead, project: string, body: Body, sender: Sender): Promise<BatchReceipt>;
}

/** One way in for all transports. */
export function createBatchTaker(deps: BatchTakerDeps): BatchTaker {
  const { storage, perAddress, perKey, batchBytes, clock, metrics } = deps;
  return {
    async admit(key, { address, origin }, bytes) {
      const cost = Math.ceil(Math.min(bytes ?? batchBytes, batchBytes) / BYTES_PER_TOKEN) || 1;
      allow(perAddress, address, cost, 'This address sends more than the server takes.');
      const { project } = await authorise(deps.authenticate, key, origin);
      allow(perKey, key, cost, 'This key sends more than the server takes.');
      return project;
    },
    async keep(head, project, given, { address }) {
      checkForm(given);
      const body = await deps.scrub(project, given);
      const region = deps.findRegion?.(address);
      const { outcome, next } = await storage.appendBatch({ ...toBatch(head, project, body, clock()), ...region });
      metrics.batch(outcome, outcome === 'stored' ? body.bytes : 0);
      if (outcome === 'erased') throw erased();
      if (outcome === 'conflict') {
        throw new HttpProblem(
          409,
          'conflict',
          `Events ${head.first} to ${head.first + head.count - 1} of this generation are kept already, with other content. The first ones stand.`,
        );
      }
      return { generation: head.generation, next, duplicate: outcome === 'duplicate' };
    },
  };
}

/** 410: nothing of the session is taken any more. */
export const erased = (): HttpProblem =>
  new HttpProblem(410, 'erased', 'This session was erased and takes no more events. A new one is recorded.');

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
