import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CsvError, defaultColumns, examplesOf, mostRows, readCsv } from '../../../web/models/csv_table.ts';

const small = 'wide,high,kind\n1,2,cat\n3,4,dog\n5,6,cat\n';

describe('a table', () => {
  it('has names, columns of numbers, and a class', async () => {
    const table = await readCsv(small);
    expect(table.columns).toEqual([
      { name: 'wide', numeric: true, values: 3 },
      { name: 'high', numeric: true, values: 3 },
      { name: 'kind', numeric: false, values: 2 },
    ]);
    expect([table.label, defaultColumns(table)]).toEqual([2, [0, 1]]);
    expect(examplesOf(table, [0, 1])).toEqual({
      rows: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      labels: [0, 1, 0],
      classes: ['cat', 'dog'],
      left: [],
    });
  });

  it.each([
    ['without names', '1,2,cat\n3,4,dog\n'],
    ['with semicolons and decimal commas', 'a;b;k\n1,0;2,0;cat\n3,0;4,0;dog\n'],
    ['with tabs, from a spreadsheet', 'a\tb\tk\n1\t2\tcat\n3\t4\tdog'],
    ['with quotation marks, empty lines and a byte order mark', '\uFEFF"a","b","k"\r\n\r\n1, 2 ,"cat"\r\n3,4,dog\r\n\r\n'],
    ['with true minus signs and powers', 'a,b,k\n+1,2e0,cat\n3.0,.4e1,dog\n'],
  ])('is read %s', async (_, text) => {
    const { rows, labels, classes } = examplesOf(await readCsv(text), [0, 1]);
    expect({ rows, labels, classes }).toEqual({
      rows: [
        [1, 2],
        [3, 4],
      ],
      labels: [0, 1],
      classes: ['cat', 'dog'],
    });
  });

  it('takes the last column for the class where all are numbers', async () => {
    const table = await readCsv('1,2,0\n3,4,1\n5,6,1\n');
    expect(table.label).toBe(2);
    expect(examplesOf(table, defaultColumns(table)).classes).toEqual(['0', '1']);
  });

  it('passes over a column of names that is no class', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i % 2 ? 'x' : 'y'},${i},${2 * i},who${i}`);
    expect((await readCsv(`kind,a,b,name\n${rows.join('\n')}`)).label).toBe(0);
  });

  it('leaves out a row where a chosen cell is missing, and names it; others do not matter', async () => {
    const table = await readCsv('a,b,c,k\n1,2,3,cat\n,2,3,dog\n5,6,NA,dog\n');
    expect(examplesOf(table, [0, 1])).toMatchObject({ labels: [0, 1], left: [3] });
    expect(() => examplesOf(table, [0, 2])).toThrow('says “cat” in every row');
  });
});

describe('what is wrong is said with its place and a repair', () => {
  const reading = async (text: string, columns = [0, 1], label?: number) => examplesOf(await readCsv(text), columns, label);
  it.each([
    ['', 'There is no table yet'],
    [' \n\n', 'There is no table yet'],
    ['PK\u0003\u0004\u0000', 'no text file'],
    ['1,2\n3,4\n', 'Row 1 has 2 cells. At least three'],
    ['a,b,k\n1,2,cat\n3,4\n', 'Row 3 has 2 cells, row 1 has 3.'],
    ['a,b,k\n\n1,2,cat\n3,4,dog,5\n', 'Row 4 has 4 cells, row 1 has 3.'],
    ['a,b,k\n1,2,"cat\n3,4,dog\n', 'a quotation mark is not closed'],
    ['a,b,k\nx,y,cat\nz,1,dog\n', 'Fewer than two columns hold numbers'],
    ['a,b,k\n1,2,cat\n3,4,dog\n5,6,dog\n7,8,cat\n9,1O,dog\n2,2,cat\n', 'Row 6, column “b”: “1O” is no number.'],
    ['a,b,k\n1,2,cat\n3,4,cat\n', 'says “cat” in every row'],
    ['a,b,k\n1,,cat\n,4,dog\n2,,cat\n', /Fewer than two|No row/],
  ])('%j', async (text, says) => {
    const failure = await reading(text).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CsvError);
    expect((failure as CsvError).message).toMatch(says);
  });

  it('a label with nine values names the row of the ninth', async () => {
    const text = Array.from({ length: 9 }, (_, i) => `${i},${i * i},kind ${i}`).join('\n');
    await expect(reading(text, [0, 1], 2)).rejects.toThrow('more than 8 different values (row 9: “kind 8”)');
  });

  it('one column cannot be number and class', async () => {
    await expect(reading(small, [0, 1], 1)).rejects.toThrow('“high” cannot be the class and a number at once');
  });

  it('5,000 rows are taken, one more is not', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => `${i},${i % 7},${i % 2 ? 'x' : 'y'}`).join('\n');
    expect((await readCsv(rows(mostRows))).cells).toHaveLength(mostRows);
    await expect(readCsv(rows(mostRows + 1))).rejects.toThrow('This table has 5,001 rows; at most 5,000');
  });
});

describe('public tables, where they are at hand', () => {
  const folder = process.env.DOT_DATA ?? new URL('../../../../shared/data/', import.meta.url).pathname;
  const text = (name: string) => {
    const path = `${folder}/tab_iris_penguins/${name}.csv`;
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };

  it('iris: 150 flowers of three species', async (context) => {
    const iris = text('iris');
    if (iris === null) return context.skip();
    const table = await readCsv(iris);
    const { rows, classes, left } = examplesOf(table, defaultColumns(table, 4));
    expect([rows.length, rows[0]?.length, classes, left]).toEqual([150, 4, ['setosa', 'versicolor', 'virginica'], []]);
  });

  it('penguins: two rows without measures are left out, by number', async (context) => {
    const penguins = text('penguins');
    if (penguins === null) return context.skip();
    const table = await readCsv(penguins);
    const { rows, classes, left } = examplesOf(table, defaultColumns(table), 0);
    expect([rows.length, classes, left]).toEqual([342, ['Adelie', 'Chinstrap', 'Gentoo'], [5, 341]]);
  });
});
