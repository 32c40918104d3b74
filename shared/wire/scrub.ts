import { z } from 'zod';

/** A name as it is written in code: of a member of an object, or of a query parameter. */
const Name = z.string().regex(/^[\w.[\]-]{1,64}$/, 'a name has letters, digits, "_", "-", ".", "[" and "]"');

/** What a server takes out of the batches of a project before it keeps them; `***` takes its place. */
export const ScrubRules = z.strictObject({
  /** Members of events whose whole value goes, wherever they are; upper and lower case are the same. */
  members: z.array(Name).max(200).default([]),
  /** Parameters of addresses whose values go, in every text. */
  query: z.array(Name).max(200).default([]),
  /** What is recognised in every text: mail addresses, card numbers (13 to 19 digits with a right check digit), IBANs. */
  patterns: z.array(z.enum(['email', 'card', 'iban'])).default([]),
});
export type ScrubRules = z.infer<typeof ScrubRules>;

/** Body of `POST /v1/scrubbing`, and answer of it and of `GET /v1/scrubbing`; null when batches are kept as they come. */
export const Scrubbing = z.object({ rules: ScrubRules.nullable() });
export type Scrubbing = z.infer<typeof Scrubbing>;
