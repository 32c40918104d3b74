import {
  buildPacket,
  type Checker,
  createChecker,
  estimatedTokens,
  requestBody,
  sentTexts,
} from '../../../shared/ai/index.ts';
import type { AskPreview } from '../../../shared/ipc/model-calls.ts';
import type { SessionKey } from '../../../shared/model/identity.ts';
import type { Library } from '../library/library.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { completionsUrl, type Endpoint, hostOf, warningAbout } from './endpoint.ts';
import { headerNames } from './guarded-fetch.ts';

/** A question that can be approved, and what its answer will be checked against. */
export interface PreparedAsk {
  readonly key: SessionKey;
  readonly endpoint: Endpoint;
  readonly preview: AskPreview;
  readonly check: Checker;
}

/** What is asked about which session. */
export interface Question {
  readonly key: SessionKey;
  readonly question: string;
}

/** Makes the bytes that would leave. Sends nothing. */
export async function prepareAsk(
  deps: { readonly store: Remote<Store>; readonly library: Library; readonly id: string },
  endpoint: Endpoint,
  { key, question }: Question,
): Promise<PreparedAsk> {
  const diagnosis = await deps.library.diagnosis(key);
  const [row, signals] = await Promise.all([deps.store.get({ key }), deps.library.signals(key)]);
  const { packet, redactions, ...asked } = buildPacket({ row, signals, diagnosis, question });
  const body = requestBody({ model: endpoint.model, packet, question: asked.question });
  const bodyBytes = Buffer.byteLength(body);
  const { startedAt } = row;
  return {
    key,
    endpoint,
    check: createChecker({ signals, diagnosis, startedAt, sent: sentTexts(packet) }),
    preview: {
      id: deps.id,
      url: completionsUrl(endpoint.baseUrl),
      host: hostOf(endpoint.baseUrl),
      model: endpoint.model,
      body,
      bodyBytes,
      estimatedTokens: estimatedTokens(bodyBytes),
      headers: headerNames(endpoint.key),
      redactions: redactions as Record<string, number>,
      included: packet.signals.length,
      leftOut: packet.left_out,
      warning: warningAbout(endpoint.baseUrl),
    },
  };
}
