/** The longest line on which a value stands as a whole. */
const longestLine = 100;

const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null;

const onOneLine = (value: unknown): string => {
  if (isLeaf(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const fields = Object.entries(value as object).map(
    ([name, inner]) => `${JSON.stringify(name)}: ${onOneLine(inner)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
};

/** @param before the characters before it on its line @param depth the nesting; the outermost has a line for each part */
const write = (value: unknown, before: number, depth: number): string => {
  const line = onOneLine(value);
  if (
    isLeaf(value) ||
    Object.keys(value as object).length === 0 ||
    (depth > 0 && before + line.length < longestLine)
  )
    return line;
  const indent = '  '.repeat(depth + 1);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const parts = Array.isArray(value)
    ? value.map((inner) => write(inner, indent.length, depth + 1))
    : Object.entries(value as object).map(([name, inner]) => {
        const label = `${JSON.stringify(name)}: `;
        return label + write(inner, indent.length + label.length, depth + 1);
      });
  return `${open}\n${parts.map((part) => indent + part).join(',\n')}\n${'  '.repeat(depth)}${close}`;
};

/** Returns a value as JSON for people: what fits on a line stands on one, so that a rule is read at a glance. */
export const formatJson = (value: unknown): string => `${write(value, 0, 0)}\n`;
