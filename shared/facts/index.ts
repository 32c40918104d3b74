/** Events to signals: what happened, the same code on server and desktop. */
export { deriveSession } from './derive.ts';
export type {
  ClickDetails,
  ClickEffect,
  ConsoleDetails,
  DetailsOf,
  DomSummary,
  ErrorDetails,
  Fact,
  GapDetails,
  InputDetails,
  PageDetails,
  RequestDetails,
} from './details.ts';
export { isFact } from './details.ts';
export type { SessionSummary } from './summary.ts';
export { FACTS_VERSION } from './version.ts';
