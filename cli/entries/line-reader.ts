/** A line of a text with its number. */
export interface Line {
  readonly number: number;
  readonly text: string;
  /** The number of times that the line was read as part of a broken event, and taken back. */
  readonly takenBack: number;
}

/** Reads lines one by one, and takes back those that turn out to belong to the next event. */
export class LineReader {
  readonly #lines: AsyncIterator<string> | Iterator<string>;
  #number: number;
  /** The lines that were taken back, the next one last. */
  readonly #back: Line[] = [];

  /** @param first the number of the first line */
  constructor(lines: AsyncIterable<string> | Iterable<string>, first: number) {
    this.#lines = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]();
    this.#number = first - 1;
  }

  async next(): Promise<Line | undefined> {
    const back = this.#back.pop();
    if (back !== undefined) return back;
    const { done, value } = await this.#lines.next();
    return done === true ? undefined : { number: ++this.#number, text: value, takenBack: 0 };
  }

  takeBack(lines: readonly Line[]): void {
    for (const line of lines.toReversed()) this.#back.push(line);
  }
}
