/** One line per step that really does something: what, and why it is needed. */
export const say = (what: string, why: string): void => console.log(`set-up: ${what} (${why})`);
