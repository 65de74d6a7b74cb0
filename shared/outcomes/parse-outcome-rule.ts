import { type Outcome, outcomes, showValue } from '../../events/index.ts';
import { isConstant, type OutcomeRule } from './outcome-rule.ts';

/** A text that was understood, or what is wrong with it, as a sentence for the user. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

interface Token {
  readonly text: string;
  /** The place of its first character, from 1. */
  readonly at: number;
}

/** The most characters of a rule, so that nesting is bounded. */
const longest = 500;

const names = outcomes.join(', ');
const example = '"(renewed or expanded or referenced) and not churned"';

class Unreadable extends Error {}

const tokenise = (text: string): Token[] =>
  [...text.matchAll(/[A-Za-z_]+|\S/gu)].map(({ 0: word, index }) => ({ text: word, at: index + 1 }));

/** Reads the tokens of a rule one after the other. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokenise(text);
    this.#end = text.length + 1;
  }

  /** Returns the next word without taking it, in lower case; undefined at the end. */
  peek(): string | undefined {
    return this.#tokens[this.#next]?.text.toLowerCase();
  }

  take(word: string): boolean {
    if (this.peek() !== word) return false;
    this.#next++;
    return true;
  }

  takeOutcome(): Outcome | undefined {
    const found = outcomes.find((outcome) => outcome === this.peek());
    if (found !== undefined) this.#next++;
    return found;
  }

  /** @throws Unreadable */
  refuse(allowed: string): never {
    const token = this.#tokens[this.#next];
    const place = token === undefined ? `the end, character ${this.#end}` : `character ${token.at}`;
    const found = token === undefined ? 'nothing' : showValue(token.text);
    throw new Unreadable(`at ${place} there is ${found}; allowed there: ${allowed}`);
  }
}

const readPart = (reader: Reader): OutcomeRule => {
  if (reader.take('not')) return { kind: 'not', rule: readPart(reader) };
  if (reader.take('(')) {
    const inner = readRule(reader);
    if (!reader.take(')')) reader.refuse('and, or, or )');
    return inner;
  }
  const outcome = reader.takeOutcome();
  return outcome === undefined
    ? reader.refuse(`not, (, or an outcome: ${names}`)
    : { kind: 'outcome', outcome };
};

/** Reads parts that are joined by one word. To mix `and` with `or` takes parentheses: who reads it need not guess. */
const readRule = (reader: Reader): OutcomeRule => {
  const rules = [readPart(reader)];
  const joined = (['and', 'or'] as const).find((word) => reader.peek() === word);
  if (joined === undefined) return rules[0] as OutcomeRule;
  while (reader.take(joined)) rules.push(readPart(reader));
  if (reader.peek() === 'and' || reader.peek() === 'or') {
    reader.refuse(`${joined}, or the end; put parentheses around what belongs together, as in ${example}`);
  }
  return { kind: joined, rules };
};

/**
 * Parses a rule over outcomes: names of outcomes, joined by `and`, `or`, `not` and parentheses.
 *
 * @example parseOutcomeRule('(renewed or expanded) and not churned')
 */
export const parseOutcomeRule = (text: string): Parsed<OutcomeRule> => {
  if (text.length > longest) return { ok: false, why: `has ${text.length} characters; allowed: ${longest}` };
  try {
    const reader = new Reader(text);
    const rule = readRule(reader);
    if (reader.peek() !== undefined) reader.refuse('and, or, or the end');
    if (isConstant(rule)) {
      return {
        ok: false,
        why: 'is the same for every lead; allowed: a rule that some leads satisfy and others do not',
      };
    }
    return { ok: true, value: rule };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message };
    throw error;
  }
};
