/** The ways in which a text may look on a terminal that has colours. Elsewhere it is plain. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** A text with a look of its own. */
export interface StyledText {
  readonly text: string;
  readonly style?: Style;
  /** True for a text that people copy, such as JSON: it is not wrapped. */
  readonly whole?: true;
}

/** A cell of a table. Numbers are aligned to the right. */
export type Cell = string | number | StyledText;

/** States how a column gives way if a terminal is too narrow for the table. */
export interface TableColumn {
  /** The width below which it isn't cut; `whole` for ids, which are of no use in part. */
  readonly least?: number | 'whole';
  /** A number if it may be left out: the column with the greatest one goes first. */
  readonly optional?: number;
}

/** A table. Elsewhere than on a terminal, every cell is whole. */
export interface Table {
  /** The first row has the titles of the columns. */
  readonly rows: readonly (readonly Cell[])[];
  readonly columns: readonly TableColumn[];
  readonly indent: number;
}

/** One line of output, or a table of several. */
export type Line = string | StyledText | Table;

export const isTable = (line: Line): line is Table => typeof line === 'object' && 'rows' in line;

export const styled = (text: string, style: Style): StyledText => ({ text, style });

/** Returns the title of what follows. */
export const heading = (text: string): StyledText => styled(text, 'bold');

/** Returns a line that is never wrapped, so that it can be copied. */
export const verbatim = (text: string): StyledText => ({ text, whole: true });

/** Returns lines that begin further to the right. Blank ones stay blank. */
export const indented = (lines: readonly Line[], by = 2): Line[] => {
  const indent = (text: string): string => (text === '' ? '' : `${' '.repeat(by)}${text}`);
  return lines.map((line) => {
    if (typeof line === 'string') return indent(line);
    return isTable(line) ? { ...line, indent: line.indent + by } : { ...line, text: indent(line.text) };
  });
};
