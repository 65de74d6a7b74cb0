interface ColumnHeadsProps {
  /** The titles of columns of text, which come first. */
  readonly texts: readonly string[];
  /** The titles of columns of numbers. */
  readonly numbers?: readonly string[];
}

/** Shows the titles of a table's columns. */
export const ColumnHeads = ({ texts, numbers = [] }: ColumnHeadsProps) => (
  <thead>
    <tr>
      {texts.map((text) => (
        <th key={text} scope="col">
          {text}
        </th>
      ))}
      {numbers.map((text) => (
        <th key={text} scope="col" class="number">
          {text}
        </th>
      ))}
    </tr>
  </thead>
);
