import { z } from 'zod';
import { SessionKey } from '../model/identity.ts';
import { CheckedSentence, Transcript } from '../model/transcript.ts';
import { read, write } from './call.ts';

/** Where packets may go. `local-only`: to a model on this machine alone; `redacted`: to the configured host, redacted. */
export const ModelPrivacy = z.enum(['local-only', 'redacted']);
export type ModelPrivacy = z.infer<typeof ModelPrivacy>;

/** The endpoint the analyst configured. The key itself stays with the engine. */
export const ModelSettings = z.object({
  baseUrl: z.string(),
  model: z.string(),
  privacy: ModelPrivacy,
  hasKey: z.boolean(),
});
export type ModelSettings = z.infer<typeof ModelSettings>;

const endpoint = z.object({
  baseUrl: z.string().max(2000),
  model: z.string().max(200),
  /** Left out: the saved key, if it was saved for this host. */
  key: z.string().max(1000).optional(),
});

/** What would leave, before anything does. */
export const AskPreview = z.object({
  /** Names it when it is approved. */
  id: z.string(),
  url: z.string(),
  host: z.string(),
  model: z.string(),
  /** The request body, byte for byte (UTF-8). */
  body: z.string(),
  bodyBytes: z.number().int(),
  estimatedTokens: z.number().int(),
  /** Headers sent beside it; the key's value is not shown. */
  headers: z.array(z.string()),
  /** What was taken out, by kind. */
  redactions: z.record(z.string(), z.number().int()),
  /** Signals of the session that are in it, and that are not. */
  included: z.number().int(),
  leftOut: z.number().int(),
  /** Something to know before approving, for instance that the connection is not encrypted; null when there is nothing. */
  warning: z.string().nullable(),
});
export type AskPreview = z.infer<typeof AskPreview>;

/** Calls about models. Nothing leaves the machine before a `models.ask` or a `models.test`. */
export const modelCalls = {
  /** Null until an endpoint is configured. */
  'models.get': read(z.void(), ModelSettings.nullable()),
  'models.save': write(endpoint.extend({ privacy: ModelPrivacy }), ModelSettings),
  'models.remove': write(z.void(), z.void()),
  /** Sends one sentence that holds nothing of a recording. Never fails: the verdict says how it went. */
  'models.test': read(endpoint, z.object({ works: z.boolean(), verdict: z.string() })),
  'models.prepare': read(z.object({ key: SessionKey, question: z.string().max(2000) }), AskPreview),
  /**
   * Sends what was prepared, if `body` is that byte for byte. Answers when the answer is complete, broke off, failed or was
   * cancelled; its sentences come before that as `model.draft`.
   */
  'models.ask': write(z.object({ id: z.string(), body: z.string() }), Transcript),
  /** Newest first. */
  'transcripts.list': read(z.object({ key: SessionKey }), z.array(Transcript)),
} as const;

/** An answer while it arrives: finished sentences with their verdicts, and what is not checked yet. */
export const ModelDraft = z.object({ id: z.string(), sentences: z.array(CheckedSentence), rest: z.string() });
export type ModelDraft = z.infer<typeof ModelDraft>;
