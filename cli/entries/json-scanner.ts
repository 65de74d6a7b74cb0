/** The result of reading on in a JSON value. The value ended before `at`, goes on in the next line, or is broken. */
export type Scanned =
  | { readonly kind: 'ended'; readonly at: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly at: number; readonly allowed: string; readonly isInText: boolean };

const blanks = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none of them in its strings
const plainText = /[^"\\\u0000-\u001f]*/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Returns the place after the match of a pattern, or undefined if the pattern doesn't match there. */
const matchEnd = (pattern: RegExp, text: string, at: number): number | undefined => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

/** Returns the place after the white space that begins at `at`. */
export const skipBlanks = (text: string, at: number): number => matchEnd(blanks, text, at) ?? at;

/** The tokens that may come next, in the words of an error message. */
const expected = {
  value: 'a value',
  firstItem: 'a value or ]',
  firstName: 'a name in double quotes or }',
  name: 'a name in double quotes',
  colon: ':',
  afterMember: ', or }',
  afterItem: ', or ]',
} as const;

/**
 * Reads one JSON value line by line, and finds where it ends or where it stops being JSON. It holds no text: a value may
 * be as long and as deep as it likes. Strings have no line breaks in JSON, so that no token goes on in the next line.
 */
export class JsonScanner {
  readonly #open: ('{' | '[')[] = [];
  #next: keyof typeof expected = 'value';

  /** The allowed continuations, for a text that ends too early. */
  get allowed(): string {
    return expected[this.#next];
  }

  /** The brackets that are open, the innermost last. */
  get open(): readonly ('{' | '[')[] {
    return this.#open;
  }

  /** Reads on in a line, from a place in it. */
  read(line: string, from: number): Scanned {
    let at = from;
    for (;;) {
      at = skipBlanks(line, at);
      if (at >= line.length) return { kind: 'open' };
      const after = this.#take(line, at);
      if (typeof after !== 'number') return after;
      at = after;
      if (this.#open.length === 0) return { kind: 'ended', at };
    }
  }

  #take(line: string, at: number): number | Scanned {
    const character = line[at] as string;
    switch (this.#next) {
      case 'firstItem':
        return character === ']' ? this.#close(at) : this.#takeValue(line, at);
      case 'value':
        return this.#takeValue(line, at);
      case 'firstName':
        return character === '}' ? this.#close(at) : this.#takeName(line, at);
      case 'name':
        return this.#takeName(line, at);
      case 'colon':
        return character === ':' ? this.#go('value', at) : this.#broken(at);
      case 'afterMember':
        if (character === ',') return this.#go('name', at);
        return character === '}' ? this.#close(at) : this.#broken(at);
      case 'afterItem':
        if (character === ',') return this.#go('value', at);
        return character === ']' ? this.#close(at) : this.#broken(at);
      default:
        return this.#next satisfies never;
    }
  }

  #broken(at: number): Scanned {
    return { kind: 'broken', at, allowed: this.allowed, isInText: false };
  }

  #brokenText(at: number, allowed: string): Scanned {
    return { kind: 'broken', at, allowed, isInText: true };
  }

  #go(next: keyof typeof expected, at: number): number {
    this.#next = next;
    return at + 1;
  }

  /** Goes on after a value, in the object or list around it. */
  #goAfterValue(at: number): number {
    this.#next = this.#open.at(-1) === '[' ? 'afterItem' : 'afterMember';
    return at;
  }

  #close(at: number): number {
    this.#open.pop();
    return this.#goAfterValue(at + 1);
  }

  #takeName(line: string, at: number): number | Scanned {
    if (line[at] !== '"') return this.#broken(at);
    const after = this.#takeString(line, at);
    if (typeof after === 'number') this.#next = 'colon';
    return after;
  }

  #takeValue(line: string, at: number): number | Scanned {
    const character = line[at];
    if (character === '{' || character === '[') {
      this.#open.push(character);
      return this.#go(character === '{' ? 'firstName' : 'firstItem', at);
    }
    const after =
      character === '"'
        ? this.#takeString(line, at)
        : (matchEnd(number, line, at) ?? matchEnd(word, line, at) ?? this.#broken(at));
    return typeof after === 'number' ? this.#goAfterValue(after) : after;
  }

  #takeString(line: string, at: number): number | Scanned {
    for (let end = at + 1; ; ) {
      end = matchEnd(plainText, line, end) ?? end;
      if (line[end] === '"') return end + 1;
      if (line[end] !== '\\') return this.#brokenText(end, 'a double quote that ends the text');
      const after = matchEnd(escapeSequence, line, end);
      if (after === undefined) return this.#brokenText(end, 'an escape of JSON, such as \\\\ or \\n');
      end = after;
    }
  }
}
