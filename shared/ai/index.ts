/** What may leave for a model, and whether what comes back is true: pure, without a network. */
export { type Checker, type CheckInput, createChecker } from './check.ts';
export { buildPacket, MAX_QUESTION, type Packet, type RedactedPacket, sentTexts } from './packet.ts';
export { createRedactor, REDACTION_MARK, type RedactionCounts, type Redactor } from './redact.ts';
export type { RedactionKind } from './redaction-rules.ts';
export { estimatedTokens, requestBody, testBody } from './request.ts';
export { createSentenceReader, sentencesOf } from './sentences.ts';
