import type { z } from 'zod';
import {
  type CAPTURED,
  CapturedAction,
  CapturedCause,
  CapturedConsole,
  CapturedEffect,
  CapturedError,
  CapturedNavigation,
  CapturedRequest,
  CapturedSession,
} from './captured.ts';
import {
  CapturedForm,
  CapturedOmission,
  CapturedState,
  CapturedStream,
  CapturedTrack,
  CapturedViolation,
} from './captured-page.ts';
import { CapturedInteraction, CapturedTask, CapturedTiming, CapturedVital } from './captured-performance.ts';

/** How the payload of each kind is read. */
export const CAPTURED_SCHEMAS = {
  session: CapturedSession,
  navigation: CapturedNavigation,
  action: CapturedAction,
  effect: CapturedEffect,
  cause: CapturedCause,
  request: CapturedRequest,
  timing: CapturedTiming,
  stream: CapturedStream,
  console: CapturedConsole,
  error: CapturedError,
  violation: CapturedViolation,
  vital: CapturedVital,
  task: CapturedTask,
  interaction: CapturedInteraction,
  form: CapturedForm,
  state: CapturedState,
  track: CapturedTrack,
  omission: CapturedOmission,
} as const satisfies Record<keyof typeof CAPTURED, z.ZodType>;

/** Name of one kind of captured event. */
export type CapturedName = keyof typeof CAPTURED_SCHEMAS;

/** What each kind of captured event carries. */
export type CapturedPayloads = { readonly [K in CapturedName]: z.output<(typeof CAPTURED_SCHEMAS)[K]> };
