/** What may leave for a model, and whether what comes back is true: pure, without a network. */
export { createRedactor, REDACTION_MARK, type RedactionCounts, type Redactor } from './redact.ts';
export type { RedactionKind } from './redaction-rules.ts';
