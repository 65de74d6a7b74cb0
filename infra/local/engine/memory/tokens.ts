import { NotModelledError } from './errors.ts';

const pattern = /\s*(<=|>=|<>|[=<>(),+-]|[#:]?[A-Za-z_][A-Za-z0-9_]*)/y;

/** Splits an expression into words. Paths into maps and lists are not supported, as this project uses none. */
const splitTokens = (expression: string): string[] => {
  const words: string[] = [];
  const text = expression.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const word = pattern.exec(text)?.[1];
    if (word === undefined) throw new NotModelledError(`the expression ${expression}`);
    words.push(word);
  }
  return words;
};

/** A cursor over the words of an expression. */
export class Words {
  readonly #expression: string;
  readonly #words: readonly string[];
  #at = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#words = splitTokens(expression);
  }

  get next(): string | undefined {
    return this.#words[this.#at];
  }

  /** Takes the next word if it is this one, in any case. */
  takes(word: string): boolean {
    if (this.next?.toUpperCase() !== word.toUpperCase()) return false;
    this.#at++;
    return true;
  }

  take(): string {
    const word = this.next;
    if (word === undefined) throw this.unexpected();
    this.#at++;
    return word;
  }

  expect(word: string): void {
    if (!this.takes(word)) throw this.unexpected();
  }

  unexpected(): NotModelledError {
    return new NotModelledError(`${this.next ?? 'the end'} in the expression ${this.#expression}`);
  }
}
