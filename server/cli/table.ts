/** Prints rows with tabs between their cells, for people and for `cut`. */
export function printTable(rows: readonly (readonly string[])[]): void {
  for (const row of rows) console.log(row.join('\t').trimEnd());
}
