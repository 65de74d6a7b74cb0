/** A place in a text, as people count it. */
export interface TextPosition {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Returns the line and the column of an offset. */
export const positionOf = (text: string, offset: number): TextPosition => {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
};

/**
 * Finds the offset of the value that a path names, or of the nearest value around it: a field that is missing is
 * shown at the object that lacks it.
 */
export const findOffset = (places: ReadonlyMap<string, number>, path: string): number => {
  for (let at = path; at !== ''; at = at.replace(/(?:^|\.)[^.[]*$|\[\d*\]?$/, '')) {
    const offset = places.get(at);
    if (offset !== undefined) return offset;
    if (!/[.[]/.test(at)) break;
  }
  return places.get('') ?? 0;
};
