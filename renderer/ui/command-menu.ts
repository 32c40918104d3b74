/** A field over a list: arrow keys go through the list while the focus stays in the field. `matchScore` ranks words, 0 to 1. */
export { Command as CommandMenu, defaultFilter as matchScore } from 'cmdk';
