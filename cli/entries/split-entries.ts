import { type Problem, showValue } from '../../events/index.ts';
import { JsonScanner, skipBlanks } from './json-scanner.ts';

/** One event of a file, as text, with its position. */
export interface TextEntry {
  readonly text: string;
  /** The number of the line in which it begins, from 1. */
  readonly number: number;
  /** Its place in the list that it is part of, counted from 1; left out if it is part of none. */
  readonly item?: number;
  /** The place at which it stops being JSON, and how; left out if it is JSON. */
  readonly problem?: Problem;
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** The most characters of an event. EventBridge takes a megabyte; white space and a request around it may be more. */
const mostCharacters = 64 * 1024 * 1024;

const anEntry = 'an EventBridge entry as JSON';

const formatPosition = ({ number }: Line, at: number): string => `line ${number}, column ${at + 1}`;

const problemAt = (line: Line, at: number, given: string, allowed: string): Problem => ({
  path: formatPosition(line, at),
  given,
  allowed,
});

/** Returns the next character for people, and no more of it: it may be in the middle of what a person wrote. */
const showRest = (text: string, at: number): string => {
  const point = text.codePointAt(at);
  return point === undefined ? 'the end of the line' : showValue(String.fromCodePoint(point));
};

const positionAfter = (line: Line): Pick<Problem, 'path' | 'given'> => ({
  path: formatPosition(line, line.text.length),
  given: 'the end of the line',
});

const indentOf = (text: string): number => skipBlanks(text, 0);

/** Reads lines one by one, and takes back those that turn out to belong to the next event. */
class LineReader {
  readonly #lines: AsyncIterator<string> | Iterator<string>;
  #number: number;
  #back: Line[] = [];

  constructor(lines: AsyncIterable<string> | Iterable<string>, first: number) {
    this.#lines = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]();
    this.#number = first - 1;
  }

  async next(): Promise<Line | undefined> {
    const back = this.#back.shift();
    if (back !== undefined) return back;
    const { done, value } = await this.#lines.next();
    return done === true ? undefined : { number: ++this.#number, text: value };
  }

  takeBack(lines: readonly Line[]): void {
    this.#back = [...lines, ...this.#back];
  }
}

/** A list of events that is open. */
interface List {
  readonly line: Line;
  readonly at: number;
  items: number;
}

/** The text of an event that was read, the place behind it, and the problem if it is broken. */
interface Taken {
  readonly text: string;
  readonly line: Line;
  readonly at: number;
  readonly problem?: Problem;
}

/** The place where an event stops being JSON. */
interface Fault {
  readonly line: Line;
  readonly at: number;
  readonly problem: Problem;
}

/** Returns the text from a column of the first line to a column of the last one. */
const cut = (lines: readonly Line[], from: number, to = Number.POSITIVE_INFINITY): string =>
  lines
    .map(({ text }, i) => text.slice(i === 0 ? from : 0, i === lines.length - 1 ? to : undefined))
    .join('\n');

/** Returns a text without the comma behind it. */
const withoutComma = (text: string): string => {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(',') ? trimmed.slice(0, -1).trimEnd() : trimmed;
};

/** Returns whether the rest of a line is one whole event, as in JSON lines: the common case, and the engine is fast. */
const isWhole = (rest: string): boolean => {
  if (!rest.startsWith('{')) return false;
  try {
    JSON.parse(rest);
    return true;
  } catch {
    return false;
  }
};

/**
 * Finds the column in which another event may begin after a broken one: the line begins with `{` or `[`, perhaps after
 * the end of the broken one, and is indented no deeper than it. `]` ends the list that both are part of.
 */
const findNext = ({ text }: Line, indent: number, inList: boolean): number | undefined => {
  if (indentOf(text) > indent) return undefined;
  const next =
    /^[ \t]*(?:\}[ \t]*,?[ \t]*)?(?=[{[])/.exec(text) ?? (inList ? /^[ \t]*(?=\])/.exec(text) : null);
  return next?.[0].length;
};

/** Finds the column in which another object of a list that is one line probably begins. */
const findInLine = (text: string, from: number): number | undefined => {
  const pattern = /\}\s*,\s*(?=\{)/g;
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

/** Returns a line from a column on, at its place. */
const cutBefore = ({ number, text }: Line, at: number): Line => ({
  number,
  text: ' '.repeat(at) + text.slice(at),
});

/** Splits a request of PutEvents, `{"Entries": […]}`, so that its entries are events like others. */
const unwrap = (text: string): string | undefined => {
  const [head] = /^\{\s*"Entries"\s*:\s*(?=\[)/.exec(text) ?? [];
  const [tail] = /\]\s*\}$/.exec(text) ?? [];
  if (head === undefined || tail === undefined) return undefined;
  return head.replaceAll(/[^\n]/g, ' ') + text.slice(head.length, text.length - tail.length + 1);
};

class EntrySplitter {
  readonly #lines: LineReader;
  #list: List | undefined;

  constructor(lines: AsyncIterable<string> | Iterable<string>, first: number) {
    this.#lines = new LineReader(lines, first);
  }

  async *split(): AsyncGenerator<TextEntry> {
    for (let line = await this.#lines.next(); line !== undefined; line = await this.#lines.next()) {
      let at = this.#skipSeparators(line, 0);
      while (at < line.text.length) {
        const taken: Taken = await this.#take(line, at);
        yield* this.#toEntries(taken, line.number);
        line = taken.line;
        at = this.#skipSeparators(line, taken.at);
      }
    }
    if (this.#list !== undefined) {
      const { line, at } = this.#list;
      const allowed = 'a list that ends with ]; perhaps the file is cut short';
      yield {
        text: '[',
        number: line.number,
        problem: problemAt(line, at, 'a list without an end', allowed),
      };
    }
  }

  /** Skips white space, commas, and the brackets of a list of events. */
  #skipSeparators(line: Line, from: number): number {
    const { text } = line;
    for (let at = from; ; at++) {
      at = skipBlanks(text, at);
      if (text[at] === '[' && this.#list === undefined) this.#list = { line, at, items: 0 };
      else if (text[at] === ']' && this.#list !== undefined) this.#list = undefined;
      else if (text[at] !== ',') return at;
    }
  }

  async *#toEntries({ text, problem }: Taken, number: number): AsyncGenerator<TextEntry> {
    const inner = problem === undefined && this.#list === undefined ? unwrap(text) : undefined;
    if (inner !== undefined) {
      yield* new EntrySplitter(inner.split('\n'), number).split();
      return;
    }
    const item = this.#list === undefined ? {} : { item: ++this.#list.items };
    yield { text, number, ...item, ...(problem !== undefined && { problem }) };
  }

  /** Reads the event that begins in a line. */
  async #take(first: Line, from: number): Promise<Taken> {
    const rest = withoutComma(first.text.slice(from));
    if (isWhole(rest)) return { text: rest, line: first, at: first.text.length };
    const scanner = new JsonScanner();
    const lines = [first];
    let size = 0;
    for (let line = first, at = from; ; at = 0) {
      const scanned = scanner.read(line.text, at);
      if (scanned.kind === 'ended') return { text: cut(lines, from, scanned.at), line, at: scanned.at };
      if (scanned.kind === 'broken') {
        const isFirst = line === first && scanned.at === from;
        const problem = problemAt(
          line,
          scanned.at,
          showRest(line.text, scanned.at),
          isFirst ? anEntry : scanned.allowed,
        );
        return this.#leave(lines, from, { line, at: scanned.at, problem });
      }
      size += line.text.length;
      const next = size > mostCharacters ? undefined : await this.#lines.next();
      if (next === undefined) {
        const given =
          size > mostCharacters ? `more than ${mostCharacters} characters` : 'the end of the file';
        const at = line.text.length;
        return this.#leave(lines, from, { line, at, problem: problemAt(line, at, given, scanner.allowed) });
      }
      lines.push(next);
      line = next;
    }
  }

  /** Leaves a broken event, and goes on where the next one probably begins, so that it swallows no other. */
  async #leave(lines: readonly Line[], from: number, fault: Fault): Promise<Taken> {
    const [first = fault.line] = lines;
    if (lines.length === 1) {
      const at = this.#list === undefined ? undefined : findInLine(first.text, fault.at);
      const end = at ?? first.text.length;
      return {
        text: withoutComma(first.text.slice(from, end)),
        line: first,
        at: end,
        problem: fault.problem,
      };
    }
    const indent = indentOf(first.text);
    const left = [first];
    const waiting = lines.slice(1);
    for (let size = 0; ; ) {
      const line = waiting.shift() ?? (await this.#lines.next());
      const at = line === undefined ? undefined : findNext(line, indent, this.#list !== undefined);
      const last = left.at(-1) ?? first;
      if (line === undefined || at !== undefined) {
        if (line !== undefined && at !== undefined) this.#lines.takeBack([cutBefore(line, at), ...waiting]);
        // The next event is no fault of itself: the one before it lacks its end.
        const isNext = line === fault.line && at === fault.at;
        const problem = isNext ? { ...fault.problem, ...positionAfter(last) } : fault.problem;
        const end = line?.text.slice(0, at).trim() ?? '';
        return { text: cut(left, from) + end, line: last, at: last.text.length, problem };
      }
      size += line.text.length;
      if (size <= mostCharacters) left.push(line);
    }
  }
}

/**
 * Splits a text into its events: JSON lines, one or several objects over several lines, and lists of them. Memory grows
 * with one event, not with the text. A broken event is yielded with its problem, and ends where the next one probably
 * begins.
 *
 * @param first the number of the first line
 */
export const splitEntries = (
  lines: AsyncIterable<string> | Iterable<string>,
  first = 1,
): AsyncGenerator<TextEntry> => new EntrySplitter(lines, first).split();
