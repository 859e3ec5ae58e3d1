// A table that a reader pastes or drops: which of its columns are numbers, which one names the class, and every fault with its row,
// its column and what to do about it. Rows are counted as a spreadsheet counts them: the first line is row 1.

/** More than this and training in a tab would no longer be a matter of seconds. */
export const mostRows = 5000;
export const mostTableClasses = 8;
const mostLetters = 4_000_000;

export interface CsvColumn {
  name: string;
  /** Whether its cells are numbers (a few may be missing). */
  numeric: boolean;
  /** How many different values it has; counted to 20. */
  values: number;
}

export interface CsvTable {
  columns: readonly CsvColumn[];
  /** cells[row][column], as written, without blanks around. */
  cells: readonly (readonly string[])[];
  /** Row number of each, for messages. */
  rowNumbers: readonly number[];
  /** The column that most likely names the class: the last that is no number and has 2 to 8 values; else the last. */
  label: number;
}

/** Rows of numbers with their classes, out of a table. */
export interface CsvExamples {
  /** rows[n] has one number for each chosen column. */
  rows: number[][];
  labels: number[];
  classes: string[];
  /** Row numbers that were left out because a chosen cell is empty. */
  left: number[];
}

/** What is wrong with a table, in words. */
export class CsvError extends Error {
  readonly code = 'bad-table';
  readonly detail = '';
}

/** Cells that say that there is no value. */
const missing = (cell: string) => cell === '' || /^(na|n\/a|nan|null|none|\?|-|–|\.)$/i.test(cell);

/** 39.1, −5, 1e3, and 39,1 where the comma does not part cells. NaN if it is none. */
function numberIn(cell: string): number {
  const plain = cell.replaceAll('−', '-').replace(/^([-+]?\d*),(\d+)$/, '$1.$2');
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}
const isNumber = (cell: string) => Number.isFinite(numberIn(cell));

/**
 * Reads comma-, semicolon- or tab-separated text; a first row without numbers above columns of numbers is taken for names.
 * @throws {CsvError}
 */
export async function readCsv(text: string): Promise<CsvTable> {
  if (text.trim() === '') throw new CsvError('There is no table yet. Paste rows of numbers with a class in one column, one row to a line.');
  if (text.includes('\u0000'))
    throw new CsvError('This is no text file. Save the table as CSV (in a spreadsheet: File, Save as) and drop that.');
  if (text.length > mostLetters)
    throw new CsvError(`This table has more than ${mostLetters / 1e6} million letters. Take at most 5,000 of its rows.`);
  const { default: papa } = await import('papaparse');
  const parsed = papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: false });
  const broken = parsed.errors.find(({ type }) => type === 'Quotes');
  if (broken)
    throw new CsvError(
      `Row ${(broken.row ?? 0) + 1}: a quotation mark is not closed, or stands inside a cell. Put "…" round the whole cell, and write "" for a mark within.`,
    );
  const numbered = parsed.data
    .map((cells, i) => ({ row: i + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  return tableOf(numbered);
}

function tableOf(numbered: { row: number; cells: string[] }[]): CsvTable {
  const [first, ...rest] = numbered;
  if (!first) throw new CsvError('There is no table yet. Paste rows of numbers with a class in one column, one row to a line.');
  const width = first.cells.length;
  if (width < 3)
    throw new CsvError(
      `Row ${first.row} has ${width === 1 ? 'one cell' : '2 cells'}. At least three columns are needed: two of numbers and one of classes, with commas, semicolons or tabs between.`,
    );
  for (const { row, cells } of rest) {
    if (cells.length !== width)
      throw new CsvError(
        `Row ${row} has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, row ${first.row} has ${width}. Add or take away a separator, or put "…" round a cell that holds one.`,
      );
  }
  const places = first.cells.map((_, column) => column);
  const mostlyNumbers = (rows: { cells: string[] }[], column: number) => {
    const known = rows.map(({ cells }) => cells[column] ?? '').filter((cell) => !missing(cell));
    return known.length > 0 && known.filter(isNumber).length >= 0.8 * known.length;
  };
  const named = rest.length > 0 && places.some((column) => mostlyNumbers(rest, column)) && !first.cells.some(isNumber);
  const rows = named ? rest : numbered;
  if (rows.length > mostRows)
    throw new CsvError(
      `This table has ${rows.length.toLocaleString('en')} rows; at most 5,000 can be trained on here. Take some of them, at random.`,
    );
  const columns = places.map((column): CsvColumn => {
    const distinct = new Set<string>();
    for (const { cells } of rows) {
      const cell = cells[column] ?? '';
      if (!missing(cell) && distinct.size < 20) distinct.add(cell);
    }
    const name = named ? first.cells[column] : '';
    return { name: name || `column ${column + 1}`, numeric: mostlyNumbers(rows, column), values: distinct.size };
  });
  if (columns.filter(({ numeric }) => numeric).length < 2)
    throw new CsvError('Fewer than two columns hold numbers. Two are needed to draw a point: one for across, one for up.');
  const words = places.filter((column) => !columns[column]?.numeric);
  const fits = words.filter((column) => (columns[column]?.values ?? 0) >= 2 && (columns[column]?.values ?? 0) <= mostTableClasses);
  const label = fits[fits.length - 1] ?? words[words.length - 1] ?? width - 1;
  return { columns, cells: rows.map(({ cells }) => cells), rowNumbers: rows.map(({ row }) => row), label };
}

/** The first columns of numbers besides the label, `count` of them; fewer where there are fewer. */
export function defaultColumns(table: CsvTable, count = 2, label = table.label): number[] {
  return table.columns.flatMap(({ numeric }, column) => (numeric && column !== label ? [column] : [])).slice(0, count);
}

/**
 * The numbers of the chosen columns, and the classes of the label's. A row where one of these is missing is left out.
 * @throws {CsvError} a cell that is no number, a label with too few or too many classes
 */
export function examplesOf(table: CsvTable, chosen: readonly number[], label: number = table.label): CsvExamples {
  const nameOf = (column: number) => table.columns[column]?.name ?? `column ${column + 1}`;
  if (chosen.includes(label))
    throw new CsvError(`“${nameOf(label)}” cannot be the class and a number at once. Choose another column for one of the two.`);
  const classes: string[] = [];
  const examples: CsvExamples = { rows: [], labels: [], classes, left: [] };
  table.cells.forEach((cells, i) => {
    const row = table.rowNumbers[i] ?? i + 1;
    const wanted = chosen.map((column) => cells[column] ?? '');
    const name = cells[label] ?? '';
    if (missing(name) || wanted.some(missing)) {
      examples.left.push(row);
      return;
    }
    const numbers = wanted.map(numberIn);
    const wrong = numbers.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0)
      throw new CsvError(
        `Row ${row}, column “${nameOf(chosen[wrong] ?? 0)}”: “${shortened(wanted[wrong] ?? '')}” is no number. Write one such as 39.1, or leave the cell empty to leave the row out.`,
      );
    if (!classes.includes(name)) classes.push(name);
    if (classes.length > mostTableClasses)
      throw new CsvError(
        `Column “${nameOf(label)}” has more than ${mostTableClasses} different values (row ${row}: “${shortened(name)}”). Choose the column that names the class, of 2 to ${mostTableClasses} values.`,
      );
    examples.rows.push(numbers);
    examples.labels.push(classes.indexOf(name));
  });
  if (classes.length < 2)
    throw new CsvError(
      classes.length === 0
        ? 'No row has all its values. Fill in the empty cells, or choose other columns.'
        : `Column “${nameOf(label)}” says “${shortened(classes[0] ?? '')}” in every row. There must be two classes to tell apart: choose another column.`,
    );
  return examples;
}

function shortened(cell: string): string {
  return cell.length > 24 ? `${cell.slice(0, 23)}…` : cell;
}
