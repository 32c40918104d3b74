/** Signals to judgements: frustrations, causes, verdicts. No model, no network. */
export type { DiagnosisInput } from './case-file.ts';
export type { Ruleset } from './detectors/index.ts';
export { diagnose } from './diagnose.ts';
export { ANALYSIS_VERSION } from './version.ts';
