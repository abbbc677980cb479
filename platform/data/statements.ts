/** The statements of a generated script, without their semicolons. */
export function splitStatements(script: string): string[] {
  return script
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

const CREATE = /^create table (`\w+`) \(/;
const ADD_PART = /^alter table (`\w+`) add ((?:unique|index|constraint `\w+` check) .*)$/;
const END_OF_COLUMNS = ') default character set';

/** The same tables with their indexes and checks made in `create table`: half the statements, and no table without its unique keys. */
export function foldIntoCreate(statements: readonly string[]): string[] {
  const folded: string[] = [];
  for (const statement of statements) {
    const [, table, part] = ADD_PART.exec(statement) ?? [];
    const made = folded.findLastIndex((earlier) => CREATE.exec(earlier)?.[1] === table);
    const create = folded[made];
    const end = create?.lastIndexOf(END_OF_COLUMNS) ?? -1;
    if (create === undefined || end < 0) folded.push(statement);
    else folded[made] = `${create.slice(0, end)}, ${part}${create.slice(end)}`;
  }
  return folded;
}
