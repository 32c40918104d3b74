import { z } from 'zod';

/** One sentence of a model's answer, and what our code found out about it. */
export const CheckedSentence = z.object({
  text: z.string(),
  /** Signals it cites, in the order in which they are named. */
  cites: z.array(z.string()),
  /** `verified`: everything that can be read out of it as a claim holds in the recording. */
  verdict: z.enum(['verified', 'withheld']),
  /** Why it was withheld, in words; empty when it was not. */
  reasons: z.array(z.string()),
});
export type CheckedSentence = z.infer<typeof CheckedSentence>;

/** How an ask ended. `cut`: part of an answer came; `failed`: none did. */
export const AskOutcome = z.enum(['complete', 'cut', 'failed', 'cancelled']);
export type AskOutcome = z.infer<typeof AskOutcome>;

/** One ask of a model, as it is kept with its session: what left the machine, where to, and what came back. */
export const Transcript = z.object({
  id: z.string(),
  /** When the bytes were sent, ms since epoch. */
  at: z.number(),
  endedAt: z.number(),
  /** Host and port the bytes went to. */
  host: z.string(),
  model: z.string(),
  /** The request body, byte for byte as it was approved and sent. */
  body: z.string(),
  /** The answer as it came. */
  answer: z.string(),
  sentences: z.array(CheckedSentence),
  outcome: AskOutcome,
  /** What went wrong, for people; null when nothing did. */
  error: z.string().nullable(),
  /** Version of the facts code whose signal ids are cited: those of another version may be other signals. */
  factsVersion: z.number().int(),
});
export type Transcript = z.infer<typeof Transcript>;
