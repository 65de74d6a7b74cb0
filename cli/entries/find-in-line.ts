const blank = /\s/;
const endOfText = /"(?=\s*(?:[,:}\]]|$))/g;
const nextItem = /\s*,\s*(?=\{)/y;

/** Returns the place behind the text that `at` is within. A quote that isn't the end of a name or value is part of it. */
const skipText = (line: string, at: number): number => {
  for (endOfText.lastIndex = at; ; ) {
    const found = endOfText.exec(line);
    if (found === null) return line.length;
    if (line[found.index - 1] !== '\\' || line[found.index - 2] === '\\') return endOfText.lastIndex;
  }
};

/**
 * Finds where the next event of a list that is one line begins, or where the list ends, behind the place at which an
 * event stops being JSON. Brackets count, so that an object within the broken event is no event.
 *
 * @param open the brackets that are open at the place
 * @param isInText whether the place is within a text
 */
export const findInLine = (
  line: string,
  from: number,
  open: readonly ('{' | '[')[],
  isInText: boolean,
): number | undefined => {
  const depth = [...open];
  /** Leaves all brackets up to the last one of a kind. */
  const leaveTo = (bracket: '{' | '['): void => {
    depth.length = Math.max(0, depth.lastIndexOf(bracket));
  };
  let before = line.slice(0, from).trimEnd().at(-1) ?? '';
  for (let at = isInText ? skipText(line, from) : from; at < line.length; ) {
    const character = line[at] as string;
    if (character === '"') {
      const opens = '{[,:'.includes(before);
      const ends = /^"\s*(?:[,:}\]]|$)/.test(line.slice(at, at + 64));
      at = opens || !ends ? skipText(line, at + 1) : at + 1;
      before = '"';
      continue;
    }
    if (character === '{') {
      // No name begins with a brace: the object around it lacks its end.
      if (before === ',' && depth.at(-1) !== '[') {
        depth.length = depth.lastIndexOf('[') + 1;
        if (depth.length === 0) return at;
      }
      depth.push('{');
    } else if (character === '[') {
      // Behind an object or a list no list begins: the bracket is a fault.
      if (before !== '}' && before !== ']') depth.push('[');
    } else if (character === '}') {
      leaveTo('{');
      if (depth.length === 0) {
        nextItem.lastIndex = at + 1;
        if (nextItem.test(line)) return nextItem.lastIndex;
      }
    } else if (character === ']') {
      if (!depth.includes('[')) return at;
      leaveTo('[');
    }
    if (!blank.test(character)) before = character;
    at++;
  }
  return undefined;
};
