/** Events to signals: what happened, the same code on server and desktop. */
export { deriveSession } from './derive.ts';
export type {
  BackendDetails,
  ClickDetails,
  ClickEffect,
  ConsoleDetails,
  DetailsOf,
  DomSummary,
  ErrorDetails,
  Fact,
  FormDetails,
  GapDetails,
  InputDetails,
  OmissionDetails,
  PageDetails,
  RequestDetails,
  RequestTiming,
  StateDetails,
  StreamDetails,
  TaskDetails,
  TrackDetails,
  VitalDetails,
} from './details.ts';
export { isFact } from './details.ts';
export type { SessionSummary } from './summary.ts';
export { readAddress, routeOf } from './urls.ts';
export { FACTS_VERSION } from './version.ts';
