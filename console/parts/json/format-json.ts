/** Deeper nesting would make the indentation larger than the text. */
const mostLevels = 40;

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Indents a text of JSON. Its numbers and texts stay as they are written, which parsing would change. Returns the text
 * itself if it isn't JSON or is nested too deep to be read.
 */
export const formatJson = (text: string): string => {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return indent(text.match(tokens) ?? []) ?? text;
};

const indent = (given: readonly string[]): string | undefined => {
  let level = 0;
  let last = '';
  const lines: string[] = [];
  let line = '';
  const breakLine = (): void => {
    lines.push(line);
    line = '  '.repeat(level);
  };
  for (const each of given) {
    if (each === '}' || each === ']') {
      level -= 1;
      if (last !== '{' && last !== '[') breakLine();
    } else if (last === '{' || last === '[' || last === ',') breakLine();
    if (each === '{' || each === '[') level += 1;
    if (level > mostLevels) return undefined;
    line += each === ':' ? ': ' : each;
    last = each;
  }
  return [...lines, line].join('\n');
};
