/** Version of the facts code: stored signals of another version are made anew. */
export const FACTS_VERSION = 4;
