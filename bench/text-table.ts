/** Rows as text in columns, a line each: the first column to the left, the others to the right. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const cell = (text: string, width: number, column: number) =>
    column === 0 ? text.padEnd(width) : text.padStart(width);
  return rows
    .map((row) => widths.map((width, column) => cell(row[column] ?? '', width, column)).join('   '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
