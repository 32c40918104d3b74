import { randomUUID } from 'node:crypto';
import { testBody } from '../../../shared/ai/index.ts';
import type { OutputOf } from '../../../shared/ipc/call.ts';
import type { EngineCalls } from '../../../shared/ipc/engine-calls.ts';
import type { ModelDraft, ModelPrivacy, ModelSettings } from '../../../shared/ipc/model-calls.ts';
import { AppError, messageOf } from '../../../shared/lib/app-error.ts';
import type { Library } from '../library/library.ts';
import type { Secrets } from '../secrets.ts';
import type { Store } from '../store/store-api.ts';
import type { Remote } from '../threads/worker-client.ts';
import { assertAllowed, type Endpoint, endpointOf, hostOf, warningAbout } from './endpoint.ts';
import type { ModelPatience } from './guarded-fetch.ts';
import { type PreparedAsk, prepareAsk, type Question } from './prepare-ask.ts';
import { runAsk } from './run-ask.ts';
import { streamAnswer } from './stream-answer.ts';

type Calls = EngineCalls;
/** What was typed into the settings. */
interface Typed {
  readonly baseUrl: string;
  readonly model: string;
  readonly key?: string | undefined;
}

/** Everything about models: the endpoint, its key, what may leave, and what comes back. */
export interface Models {
  get(): Promise<ModelSettings | null>;
  save(input: Typed & { readonly privacy: ModelPrivacy }): Promise<ModelSettings>;
  remove(): Promise<void>;
  test(input: Typed, signal: AbortSignal): Promise<OutputOf<Calls, 'models.test'>>;
  prepare(input: Question): Promise<OutputOf<Calls, 'models.prepare'>>;
  ask(
    input: { readonly id: string; readonly body: string },
    signal: AbortSignal,
  ): Promise<OutputOf<Calls, 'models.ask'>>;
}

/** What is needed. `patience` is for tests; people's is below. */
export interface ModelsDeps {
  readonly store: Remote<Store>;
  readonly library: Library;
  readonly secrets: Secrets;
  readonly fetch: typeof fetch;
  readonly clock: () => number;
  readonly patience?: ModelPatience | undefined;
  /** Version of the facts that ids of signals belong to. */
  readonly factsVersion: number;
  readonly draft: (draft: ModelDraft) => void;
}

/** A local model on a laptop may read for two minutes before its first word; then it does not pause. */
const PATIENCE: ModelPatience = { firstMs: 120_000, silenceMs: 30_000, totalMs: 600_000 };

/** Prepared questions kept until they are approved; the window shows one at a time. */
const MAX_PREPARED = 8;

const KEY = 'model:key';

export function createModels(deps: ModelsDeps): Models {
  const patience = deps.patience ?? PATIENCE;
  const prepared = new Map<string, PreparedAsk>();

  async function get(): Promise<ModelSettings | null> {
    const saved = await deps.store.modelSettings();
    return saved && { ...saved, hasKey: (await deps.secrets.get(KEY)) !== null };
  }

  /** A key goes to the host it was saved for, and to no other. */
  async function keyFor(input: Typed, baseUrl: string): Promise<string | null> {
    if (input.key !== undefined) return input.key.trim() === '' ? null : checkedKey(input.key.trim());
    const saved = await deps.store.modelSettings();
    return saved && new URL(saved.baseUrl).origin === new URL(baseUrl).origin ? deps.secrets.get(KEY) : null;
  }

  async function endpoint(): Promise<Endpoint & { readonly privacy: ModelPrivacy }> {
    const saved = await deps.store.modelSettings();
    if (!saved) throw new AppError('not-found', 'No model is configured. Set one up in the settings first.');
    assertAllowed(saved.baseUrl, saved.privacy);
    return { ...saved, key: await deps.secrets.get(KEY) };
  }

  return {
    get,
    async save(input) {
      const { baseUrl, model } = endpointOf(input);
      assertAllowed(baseUrl, input.privacy);
      const key = await keyFor(input, baseUrl);
      // The old key goes first: between two writes it must not stand beside another host.
      await deps.secrets.delete(KEY);
      await deps.store.saveModelSettings({ settings: { baseUrl, model, privacy: input.privacy } });
      if (key !== null) await deps.secrets.set(KEY, key);
      prepared.clear();
      return { baseUrl, model, privacy: input.privacy, hasKey: key !== null };
    },
    async remove() {
      await deps.secrets.delete(KEY);
      await deps.store.saveModelSettings({ settings: null });
      prepared.clear();
    },
    async test(input, signal) {
      try {
        const { baseUrl, model } = endpointOf(input);
        const started = deps.clock();
        const target = { baseUrl, model, key: await keyFor(input, baseUrl) };
        await streamAnswer({ ...deps, patience }, target, testBody(model), signal, () => undefined);
        const seconds = ((deps.clock() - started) / 1000).toFixed(1);
        const warning = warningAbout(baseUrl);
        const verdict = `It works: ${model} at ${hostOf(baseUrl)} answered in ${seconds} s.`;
        return { works: true, verdict: warning === null ? verdict : `${verdict} ${warning}` };
      } catch (error) {
        return { works: false, verdict: messageOf(error) };
      }
    },
    async prepare(input) {
      const target = await endpoint();
      const ask = await prepareAsk({ ...deps, id: randomUUID() }, target, input);
      prepared.set(ask.preview.id, ask);
      for (const id of [...prepared.keys()].slice(0, -MAX_PREPARED)) prepared.delete(id);
      return ask.preview;
    },
    async ask(input, signal) {
      const ask = prepared.get(input.id);
      if (!ask) throw new AppError('not-found', 'Nothing was sent: prepare the question again.');
      if (input.body !== ask.preview.body)
        throw new AppError('bad-request', 'Nothing was sent: what was approved is not what was prepared.');
      const target = await endpoint();
      if (target.baseUrl !== ask.endpoint.baseUrl || target.model !== ask.endpoint.model)
        throw new AppError(
          'conflict',
          'Nothing was sent: the model was changed meanwhile. Prepare the question again.',
        );
      return runAsk({ ...deps, patience }, target, ask, signal);
    },
  };
}

function checkedKey(key: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new AppError('bad-request', 'The API key holds characters that no key has. Paste it again.');
}
