import { AssetHash, AssetHead, type AssetReceipt, AssetType } from '../../shared/wire/asset.ts';
import { PATHS } from '../../shared/wire/change.ts';
import { ANY_ORIGIN } from '../http/cors.ts';
import { HttpProblem, sendJson, tooMany } from '../http/http-problem.ts';
import { readQuery } from '../http/read-query.ts';
import type { BodyReceiver } from '../http/receive-body.ts';
import type { Exchange, Route } from '../http/route.ts';
import type { SenderOf } from '../ingest/sender.ts';
import { type BatchTaker, erased } from '../ingest/take-batch.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import type { Body, Storage } from '../storage/storage.ts';
import { hasForm, isTextType } from './asset-form.ts';

/** What the routes of assets need. */
export interface AssetRouteDeps {
  readonly storage: Pick<Storage, 'keepAsset' | 'findAsset'>;
  readonly taker: Pick<BatchTaker, 'admit'>;
  readonly scrubber: Pick<Scrubber, 'hasRules'>;
  readonly receiver: BodyReceiver;
  readonly senderOf: SenderOf;
}

/** Whatever a page made of these bytes: opened by themselves they run nothing, load nothing and are saved, not shown. */
const HARMLESS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'content-disposition': 'attachment',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, immutable, max-age=31536000',
} as const;

const FULL_MS = 3_600_000;

/** Pictures, fonts and style sheets by the hash of their bytes: pages bring them, workstations fetch them. */
export function assetRoutes({ storage, taker, scrubber, receiver, senderOf }: AssetRouteDeps): Route[] {
  async function put({ request, response, query, rest }: Exchange): Promise<void> {
    const { key, session } = readQuery(AssetHead, query);
    const length = request.headers['content-length'];
    const project = await taker.admit(key, senderOf(request), length === undefined ? undefined : Number(length));
    const hash = AssetHash.safeParse(rest);
    if (!hash.success) throw new HttpProblem(400, 'bad-request', 'An asset is named by its SHA-256, in hex.');
    const type = AssetType.safeParse(request.headers['content-type']?.split(';')[0]?.trim().toLowerCase());
    if (!type.success) throw new HttpProblem(415, 'unsupported', `Assets are ${AssetType.options.join(', ')}.`);
    if (isTextType(type.data) && (await scrubber.hasRules(project)))
      throw new HttpProblem(
        415,
        'unsupported',
        'This project is scrubbed: text that rules cannot be applied to is not kept.',
      );
    const outcome = await receiver.withBody(request, async (body) => {
      check(body, hash.data, type.data);
      return storage.keepAsset({ project, session, type: type.data, body });
    });
    if (outcome === 'erased') throw erased();
    if (outcome === 'unknown')
      throw new HttpProblem(404, 'not-found', 'This session has no batch yet. Send one first, then what it names.');
    if (outcome === 'too-many') throw tooMany('This session names as many assets as one may.', FULL_MS);
    const receipt = { sha256: hash.data, duplicate: outcome === 'duplicate' } satisfies AssetReceipt;
    sendJson(response, 200, receipt, ANY_ORIGIN);
  }

  return [
    { method: 'PUT', path: `${PATHS.assets}/`, access: 'write key', anyOrigin: true, handle: put },
    {
      method: 'GET',
      path: `${PATHS.assets}/`,
      access: 'viewer',
      handle: async ({ request, response, rest }, { project }) => {
        const asset = AssetHash.safeParse(rest).success ? await storage.findAsset(project, rest) : undefined;
        if (!asset) throw new HttpProblem(404, 'not-found', 'There is no such asset in this project.');
        const etag = `"${asset.sha256}"`;
        const headers = { ...HARMLESS, etag, 'content-type': asset.type, 'content-length': asset.bytes };
        if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
        else response.writeHead(200, headers).end(await asset.read(0, asset.bytes));
      },
    },
  ];
}

function check(body: Body, hash: string, type: AssetType): void {
  if (body.bytes === 0 || body.sha256.toString('hex') !== hash)
    throw new HttpProblem(400, 'bad-request', 'The bytes do not have the SHA-256 they are named by.');
  if (!hasForm(type, Buffer.concat(body.parts))) throw new HttpProblem(400, 'bad-request', `The bytes are no ${type}.`);
}
