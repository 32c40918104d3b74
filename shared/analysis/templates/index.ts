import { deadControl } from './dead-control.ts';
import { serverError, serverErrorSwallowed } from './failed-request.ts';
import type { FaultTemplate } from './fault-template.ts';
import { overlayBlocksClick } from './overlay-blocks-click.ts';
import { responseShapeChange } from './response-shape-change.ts';
import { scriptError } from './script-error.ts';
import { slowWithoutFeedback } from './slow-without-feedback.ts';
import { staleResponseRace } from './stale-response-race.ts';

export type { Candidate, FaultTemplate, Scene } from './fault-template.ts';
export { unknownCause } from './unknown.ts';

/** Every cause that can be named, but `unknown`. */
export const FAULT_TEMPLATES: readonly FaultTemplate[] = [
  serverErrorSwallowed,
  serverError,
  responseShapeChange,
  overlayBlocksClick,
  staleResponseRace,
  slowWithoutFeedback,
  scriptError,
  deadControl,
];
