import { foldIntoCreate, splitStatements } from './statements.js';

const end = ') default character set utf8mb4 engine = InnoDB';
const create = (name: string) =>
  `create table \`${name}\` (\`id\` int not null default '(', primary key (\`id\`)${end}`;

describe('generated statements', () => {
  it.each([
    ['none', '\n', []],
    ['one without an end', 'select 1', ['select 1']],
    ['several with blank lines', 'select 1;\n\nselect 2;\nselect 3;\n', ['select 1', 'select 2', 'select 3']],
    ['a semicolon within a line', "select ';' as a; \nselect 2", ["select ';' as a", 'select 2']],
  ])('are split: %s', (_what, script, statements) => {
    expect(splitStatements(script)).toEqual(statements);
  });

  it('make indexes and checks with their table, whatever stands between', () => {
    const index = 'alter table `a` add index `a_x` (`x`)';
    const unique = 'alter table `a` add unique `a_y` (`y`, `z`)';
    const check = 'alter table `a` add constraint `a_check` check (x > 0 and (y > 0))';

    expect(foldIntoCreate([create('a'), index, create('b'), unique, check])).toEqual([
      `${create('a').slice(0, -end.length)}, index \`a_x\` (\`x\`), unique \`a_y\` (\`y\`, \`z\`), constraint \`a_check\` check (x > 0 and (y > 0))${end}`,
      create('b'),
    ]);
  });

  it.each([
    ['an index of a table that was there before', 'alter table `c` add index `c_x` (`x`)'],
    ['a column', 'alter table `a` add `x` int null'],
    ['a foreign key', 'alter table `a` add constraint `a_b` foreign key (`b`) references `b` (`id`)'],
    ['an index that goes', 'alter table `a` drop index `a_x`'],
  ])('leave %s as it is', (_what, statement) => {
    expect(foldIntoCreate([create('a'), statement])).toEqual([create('a'), statement]);
  });
});
