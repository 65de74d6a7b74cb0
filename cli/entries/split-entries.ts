import { type Problem, showValue } from '../../events/index.ts';
import { findInLine } from './find-in-line.ts';
import { JsonScanner, skipBlanks } from './json-scanner.ts';
import { type Line, LineReader } from './line-reader.ts';
import { findEndOfHead, mayBeHead, skipMember, unwrapRequest } from './put-request.ts';

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

/** The most characters of an event. EventBridge takes a megabyte; white space in it may be more. */
const mostCharacters = 16 * 1024 * 1024;

/**
 * The most times that a line is read as part of a broken event; then it ends the next one at once. Without a limit, a
 * file in which no event ends would be read once for each of its lines.
 */
const mostTakenBack = 32;

/** The most lines that follow the brace of a request of PutEvents before the bracket of its list. */
const mostLinesOfHead = 8;

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

/** A list of events that is open. */
interface List {
  readonly line: Line;
  readonly at: number;
  /** Whether the list is that of a request of PutEvents. */
  readonly isOfRequest: boolean;
  items: number;
}

/** A request of PutEvents that was opened, and the place behind the bracket of its list. */
interface OpenRequest {
  readonly list: List;
  readonly line: Line;
  readonly at: number;
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
  readonly isInText: boolean;
  /** The brackets that are open there. */
  readonly open: readonly ('{' | '[')[];
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
    /^[ \t\uFEFF]*(?:\}[ \t]*,?[ \t]*)?(?=[{[])/.exec(text) ?? (inList ? /^[ \t]*(?=\])/.exec(text) : null);
  return next?.[0].length;
};

/** Returns a line from a column on, at its place. */
const cutBefore = ({ text, ...line }: Line, at: number): Line => ({
  ...line,
  text: ' '.repeat(at) + text.slice(at),
});

/** Finds the problem of a text that isn't well-formed: some of its bytes are not of its encoding. */
const findBrokenBytes = (text: string, number: number): Problem | undefined => {
  if (text.isWellFormed()) return undefined;
  const lines = text.split('\n');
  const path = `line ${number + lines.findIndex((line) => !line.isWellFormed())}`;
  return {
    path,
    given: 'bytes that are no UTF-8',
    allowed: 'a text in UTF-8, or in UTF-16 with a byte order mark',
  };
};

class EntrySplitter {
  readonly #lines: LineReader;
  #list: List | undefined;
  /** The number of the line in which a list ended last. */
  #closedIn: number | undefined;
  /** The list of a request of PutEvents whose own end is still to come. */
  #request: List | undefined;

  constructor(lines: AsyncIterable<string> | Iterable<string>, first: number) {
    this.#lines = new LineReader(lines, first);
  }

  async *split(): AsyncGenerator<TextEntry> {
    for (let line = await this.#lines.next(); line !== undefined; line = await this.#lines.next()) {
      let at = this.#skipSeparators(line, 0);
      while (at < line.text.length) {
        this.#request = undefined;
        const request: OpenRequest | undefined =
          this.#list === undefined ? await this.#openRequest(line, at) : undefined;
        if (request !== undefined) {
          this.#list = request.list;
          line = request.line;
          at = this.#skipSeparators(line, request.at);
          continue;
        }
        const taken: Taken = await this.#take(line, at);
        yield* this.#toEntries(taken, line.number);
        line = taken.line;
        at = this.#skipSeparators(line, taken.at);
      }
    }
    const open = this.#list ?? this.#request;
    if (open === undefined) return;
    const given = this.#list === undefined ? 'a request without an end' : 'a list without an end';
    const allowed = `${this.#list === undefined ? 'a request that ends with }' : 'a list that ends with ]'}; perhaps the file is cut short`;
    yield { text: '[', number: open.line.number, problem: problemAt(open.line, open.at, given, allowed) };
  }

  /** Skips white space, commas, byte order marks, and the brackets of a list of events. */
  #skipSeparators(line: Line, from: number): number {
    const { text } = line;
    for (let at = from; ; at++) {
      at = skipBlanks(text, at);
      const character = text[at];
      if (character === ',' || character === '\uFEFF') continue;
      if (this.#request !== undefined) {
        const after = skipMember(text, at);
        if (after !== undefined) at = after - 1;
        else if (character === '}') this.#request = undefined;
        else return at;
      } else if (character === '[' && this.#list === undefined) {
        this.#list = { line, at, isOfRequest: false, items: 0 };
      } else if (character === ']' && this.#list !== undefined) {
        if (this.#list.isOfRequest) this.#request = this.#list;
        this.#list = undefined;
        this.#closedIn = line.number;
      } else return at;
    }
  }

  /** Opens the list of a request of PutEvents, `{"Entries": […]}`, if one begins here, perhaps over several lines. */
  async #openRequest(first: Line, from: number): Promise<OpenRequest | undefined> {
    const lines: Line[] = [];
    let text = first.text.slice(from);
    let line = first;
    for (;;) {
      const end = findEndOfHead(text, 0);
      if (end !== undefined) {
        const at = line === first ? from + end : end - (text.length - line.text.length);
        return { list: { line: first, at: from, isOfRequest: true, items: 0 }, line, at };
      }
      const next = lines.length < mostLinesOfHead && mayBeHead(text) ? await this.#lines.next() : undefined;
      if (next === undefined) break;
      lines.push(next);
      text += `\n${next.text}`;
      line = next;
    }
    this.#lines.takeBack(lines);
    return undefined;
  }

  async *#toEntries({ text, problem }: Taken, number: number): AsyncGenerator<TextEntry> {
    const inner = problem === undefined && this.#list === undefined ? unwrapRequest(text) : undefined;
    if (inner !== undefined) {
      yield* new EntrySplitter(inner.split('\n'), number).split();
      return;
    }
    const item = this.#list === undefined ? {} : { item: ++this.#list.items };
    const found = findBrokenBytes(text, number) ?? problem;
    yield { text: text.toWellFormed(), number, ...item, ...(found !== undefined && { problem: found }) };
  }

  /** Reads the event that begins in a line. */
  async #take(first: Line, from: number): Promise<Taken> {
    const rest = withoutComma(first.text.slice(from));
    if (isWhole(rest)) return { text: rest, line: first, at: first.text.length };
    const scanner = new JsonScanner();
    const lines = [first];
    const indent = indentOf(first.text);
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
        const { isInText } = scanned;
        return this.#leave(lines, from, { line, at: scanned.at, problem, isInText, open: scanner.open });
      }
      size += line.text.length;
      const next = size > mostCharacters ? undefined : await this.#lines.next();
      if (next === undefined) {
        const given =
          size > mostCharacters ? `more than ${mostCharacters} characters` : 'the end of the file';
        return this.#leave(lines, from, this.#openFault(line, given, scanner));
      }
      lines.push(next);
      if (next.takenBack > mostTakenBack && findNext(next, indent, this.#list !== undefined) !== undefined) {
        return this.#leave(lines, from, this.#openFault(line, 'the end of the line', scanner));
      }
      line = next;
    }
  }

  /** Returns the fault of an event that has no end up to a line. */
  #openFault(line: Line, given: string, { allowed, open }: JsonScanner): Fault {
    const at = line.text.length;
    return { line, at, problem: problemAt(line, at, given, allowed), isInText: false, open };
  }

  /** Leaves a broken event, and goes on where the next one probably begins, so that it swallows no other. */
  async #leave(lines: readonly Line[], from: number, fault: Fault): Promise<Taken> {
    const [first = fault.line] = lines;
    if (lines.length === 1) {
      // A stray bracket may have ended the list in this line, and a stray brace an event of it: others may follow.
      const goesOn =
        this.#list !== undefined || this.#closedIn === first.number || first.text[fault.at] === '}';
      const isStray = this.#list === undefined && first.text[fault.at] === ']';
      const start = isStray ? fault.at + 1 : fault.at;
      // A text without an end may have hidden the ends of what is open: then only the event itself is.
      const found = goesOn
        ? (findInLine(first.text, start, fault.open, fault.isInText) ??
          findInLine(first.text, start, ['{'], fault.isInText))
        : undefined;
      const at = found !== undefined && found > from ? found : undefined;
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
    for (let size = 0, index = 1; ; index++) {
      const line = lines[index] ?? (await this.#lines.next());
      const at = line === undefined ? undefined : findNext(line, indent, this.#list !== undefined);
      const last = left.at(-1) ?? first;
      if (line === undefined || at !== undefined) {
        if (line !== undefined && at !== undefined) {
          const back = [cutBefore(line, at), ...lines.slice(index + 1)];
          this.#lines.takeBack(back.map((each) => ({ ...each, takenBack: each.takenBack + 1 })));
        }
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
