import fc from 'fast-check';

/** The seed of property tests where nobody watches. Elsewhere each run draws its own: `fast-check` prints it when it finds something. */
const CI_SEED = 20251125;

if (process.env.CI) fc.configureGlobal({ seed: CI_SEED });
