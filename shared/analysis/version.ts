/** Version of the analysis code: stored diagnoses of another version are made anew. */
export const ANALYSIS_VERSION = 2;
