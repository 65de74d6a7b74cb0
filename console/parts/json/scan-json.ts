/** The kind of thing that JSON has to have at a position. */
export type ExpectedJson = 'value' | 'name' | 'colon' | 'comma-or-end' | 'nothing-more';

/** The first place at which a text isn't JSON. */
interface JsonFault {
  readonly expected: ExpectedJson;
  readonly offset: number;
}

/** The findings about a text of JSON. */
interface ScannedJson {
  /** The offset of each value by its path, such as `detail.data.answers[0]`; that of the whole has an empty path. */
  readonly places: ReadonlyMap<string, number>;
  readonly fault?: JsonFault;
}

interface Frame {
  readonly isList: boolean;
  readonly path: string;
  index: number;
}

const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text of JSON has these unescaped
  /[ \t\n\r]*([{}[\]:,]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-]))/y;

const visible = /[^ \t\n\r]/g;

/** Reads a text token by token. A stack in place of recursion lets it be nested as deep as it likes. */
class JsonScanner {
  readonly places = new Map<string, number>();
  readonly #text: string;
  readonly #frames: Frame[] = [];
  #expected: ExpectedJson = 'value';
  #mayClose = false;
  #path = '';

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonFault | undefined {
    let offset = 0;
    for (;;) {
      token.lastIndex = offset;
      const found = token.exec(this.#text)?.[1];
      if (found === undefined) return this.#end(offset);
      offset = token.lastIndex;
      if (!this.#take(found, offset - found.length))
        return { expected: this.#expected, offset: offset - found.length };
    }
  }

  /** Judges the text behind the last token. */
  #end(offset: number): JsonFault | undefined {
    visible.lastIndex = offset;
    const start = visible.exec(this.#text)?.index ?? this.#text.length;
    const isWhole = this.#expected === 'nothing-more' && start === this.#text.length;
    return isWhole ? undefined : { expected: this.#expected, offset: start };
  }

  #take(found: string, start: number): boolean {
    if (this.#mayClose && (found === '}' || found === ']')) return this.#close(found);
    this.#mayClose = false;
    switch (this.#expected) {
      case 'value':
        return this.#takeValue(found, start);
      case 'name':
        return this.#takeName(found);
      case 'colon':
        if (found !== ':') return false;
        this.#expected = 'value';
        return true;
      case 'comma-or-end':
        return this.#takeComma(found);
      case 'nothing-more':
        return false;
      default:
        return this.#expected satisfies never;
    }
  }

  #takeValue(found: string, start: number): boolean {
    if (/^[}\]:,]/.test(found)) return false;
    this.places.set(this.#path, start);
    if (found !== '{' && found !== '[') this.#endValue();
    else this.#open(found === '[');
    return true;
  }

  #open(isList: boolean): void {
    const path = this.#path;
    this.#frames.push({ isList, path, index: 0 });
    this.#expected = isList ? 'value' : 'name';
    this.#mayClose = true;
    if (isList) this.#path = `${path}[0]`;
  }

  #takeName(found: string): boolean {
    if (!found.startsWith('"')) return false;
    const outer = this.#frames.at(-1)?.path ?? '';
    const name = JSON.parse(found) as string;
    this.#path = outer === '' ? name : `${outer}.${name}`;
    this.#expected = 'colon';
    return true;
  }

  #takeComma(found: string): boolean {
    const frame = this.#frames.at(-1);
    if (found !== ',' || frame === undefined) return false;
    frame.index += 1;
    this.#expected = frame.isList ? 'value' : 'name';
    if (frame.isList) this.#path = `${frame.path}[${frame.index}]`;
    return true;
  }

  #close(found: string): boolean {
    if (this.#frames.at(-1)?.isList !== (found === ']')) return false;
    this.#frames.pop();
    this.#endValue();
    return true;
  }

  #endValue(): void {
    this.#expected = this.#frames.length === 0 ? 'nothing-more' : 'comma-or-end';
    this.#mayClose = this.#frames.length > 0;
  }
}

/** Finds where each value of a text of JSON is, and the first place at which it isn't JSON. */
export const scanJson = (text: string): ScannedJson => {
  const scanner = new JsonScanner(text);
  const fault = scanner.scan();
  return { places: scanner.places, ...(fault !== undefined && { fault }) };
};
