import { type Almanac, Engine, type TopLevelCondition } from 'json-rules-engine';
import { pointsOfEntry } from '../../shared/scoring/document/points-of-entry.ts';
import {
  type ActivityCounts,
  computeDay,
  countDaysWithin,
  countWithin,
  type Facts,
  longestWindow,
  type ModelDocument,
} from '../../shared/scoring/index.ts';
import {
  listUsedOperators,
  type UsedOperator,
  type ValueTests,
} from '../../shared/scoring/operators/index.ts';
import type { Lead } from './leads.ts';

type Criterion = ModelDocument['dimensions'][string]['criteria'][number];
type When = Extract<Criterion, { when: unknown }>['when'];
type Leaf = { readonly fact: string; readonly operator: string; readonly value: unknown };
type Node = Leaf | TopLevelCondition;
type Value = string | number | boolean;

/**
 * The engine's own operators by the names of ours. Our other operators are added to the engine, as its users would do.
 */
const builtIn: Readonly<Record<string, string>> = {
  is: 'equal',
  isNot: 'notEqual',
  in: 'in',
  notIn: 'notIn',
  atLeast: 'greaterThanInclusive',
  atMost: 'lessThanInclusive',
  above: 'greaterThan',
  below: 'lessThan',
};
/** Operators that are true in the engine for an unknown value; in our models the result is unknown. */
const holdWithoutValue = new Set(['isNot', 'notIn']);

const countFact = (activity: string, withinDays: number | undefined): string =>
  withinDays === undefined ? `times ${activity}` : `times ${activity} in ${withinDays} days`;

const dayFact = (activity: string, withinDays: number): string => `days of ${activity} in ${withinDays} days`;

/** A scorecard as rules of json-rules-engine, one for each criterion. */
class Translation {
  readonly engine = new Engine([], { allowUndefinedFacts: true, replaceFactsInEventParams: true });

  constructor({ dimensions }: ModelDocument) {
    this.engine.addOperator('known', (given: unknown, wanted: boolean) => (given !== undefined) === wanted);
    for (const [dimension, { criteria }] of Object.entries(dimensions)) {
      for (const criterion of criteria) this.#addRule(dimension, criterion);
    }
  }

  #addRule(dimension: string, criterion: Criterion): void {
    const [condition, points] =
      'when' in criterion ? [this.#node(criterion.when), criterion.points] : this.#graded(criterion);
    const conditions = 'fact' in condition ? { all: [condition] } : condition;
    this.engine.addRule({
      conditions,
      event: { type: criterion.id, params: { dimension, points } },
    } as never);
  }

  /**
   * Translates points that depend on a value into a fact that is computed when a rule asks for it, once in each run.
   */
  #graded(criterion: Exclude<Criterion, { when: unknown }>): [Leaf, { fact: string }] {
    const fact = `points of ${criterion.id}`;
    this.engine.addFact(fact, this.#compilePoints(criterion));
    return [{ fact, operator: 'notEqual', value: 0 }, { fact }];
  }

  #compilePoints(criterion: Exclude<Criterion, { when: unknown }>) {
    if ('each' in criterion) {
      const { each, points, max } = criterion;
      if (!('activity' in each)) throw new TypeError('this scorecard counts activities only');
      const { activity, withinDays, per } = each;
      const count = per === 'day' ? this.#days(activity, withinDays) : this.#count(activity, withinDays);
      return async (_: unknown, almanac: Almanac) =>
        Math.min(max, (await almanac.factValue<number>(count)) * points);
    }
    const name = this.#nameOf(criterion.of);
    if ('table' in criterion) {
      const { otherwise = 0 } = criterion;
      const table = new Map(
        Object.entries(criterion.table).map(([value, entry]) => [value, pointsOfEntry(entry)]),
      );
      return async (_: unknown, almanac: Almanac) => {
        const value = await almanac.factValue<Value | undefined>(name);
        return value === undefined ? 0 : (table.get(String(value)) ?? otherwise);
      };
    }
    const bands = [...criterion.bands].sort((a, b) => b.from - a.from);
    return async (_: unknown, almanac: Almanac) => {
      const value = await almanac.factValue<number | undefined>(name);
      return value === undefined ? 0 : (bands.find(({ from }) => value >= from)?.points ?? 0);
    };
  }

  #nameOf(of: object): string {
    if ('attribute' in of) return String(of.attribute);
    if ('answer' in of) return String(of.answer);
    throw new TypeError('this scorecard reads attributes and answers only');
  }

  #count(activity: string, withinDays: number | undefined): string {
    const name = countFact(activity, withinDays);
    this.engine.addFact(name, async (_, almanac) => {
      const counts = (await almanac.factValue<Facts['activities']>('activities'))[activity];
      if (counts === undefined) return 0;
      return withinDays === undefined
        ? counts[0]
        : countWithin(counts as ActivityCounts, await almanac.factValue<number>('today'), withinDays);
    });
    return name;
  }

  #days(activity: string, withinDays: number = longestWindow): string {
    const name = dayFact(activity, withinDays);
    this.engine.addFact(name, async (_, almanac) => {
      const counts = (await almanac.factValue<Facts['activities']>('activities'))[activity];
      return counts === undefined
        ? 0
        : countDaysWithin(counts, await almanac.factValue<number>('today'), withinDays);
    });
    return name;
  }

  #node(when: When): Node {
    if ('all' in when) return { all: when.all.map((inner) => this.#node(inner)) } as TopLevelCondition;
    if ('any' in when) return { any: when.any.map((inner) => this.#node(inner)) } as TopLevelCondition;
    if ('not' in when) return this.#not(when.not);
    if ('activity' in when) {
      const { activity, withinDays, atMost, atLeast = atMost === undefined ? 1 : 0 } = when;
      const fact = this.#count(activity, withinDays);
      const tests = { atLeast, ...(atMost !== undefined && { atMost }) };
      return this.#tests(fact, tests);
    }
    if ('attribute' in when) {
      const { attribute, ...tests } = when;
      return this.#tests(attribute, tests);
    }
    if ('answer' in when) {
      const { answer, ...tests } = when;
      return this.#tests(answer, tests);
    }
    throw new Error(`the scorecard asks for ${JSON.stringify(when)}, which has no translation`);
  }

  #not(inner: When): Node {
    if (!('answer' in inner))
      throw new Error('only an answer can be negated: it alone says what must be known');
    const known = { fact: inner.answer, operator: 'known', value: true };
    return { all: [known, { not: this.#node(inner) }] } as TopLevelCondition;
  }

  #tests(fact: string, tests: ValueTests): Node {
    const leaves = listUsedOperators(tests).flatMap((used): Leaf[] => [
      ...(holdWithoutValue.has(used.name) ? [{ fact, operator: 'known', value: true }] : []),
      this.#leaf(fact, used),
    ]);
    const [only, ...others] = leaves;
    return only !== undefined && others.length === 0 ? only : ({ all: leaves } as TopLevelCondition);
  }

  #leaf(fact: string, { name, operator, operand }: UsedOperator): Leaf {
    if (name === 'known') return { fact, operator: name, value: operand };
    const own = builtIn[name];
    if (own !== undefined) return { fact, operator: own, value: operand };
    const added = `${name} ${JSON.stringify(operand)}`;
    const holds = operator.holds(operand);
    this.engine.addOperator(added, (given: Value | undefined) => given !== undefined && holds(given));
    return { fact, operator: added, value: operand };
  }
}

/**
 * Returns facts in the form of this engine: by name, without their times. It is not timed, because it is not part of
 * the run.
 */
const flatten = ({ facts, at }: Lead): Record<string, unknown> => ({
  activities: facts.activities,
  today: computeDay(at),
  ...Object.fromEntries(
    [...Object.entries(facts.attributes), ...Object.entries(facts.answers)].flatMap(([name, [value]]) =>
      value === null ? [] : [[name, value]],
    ),
  ),
});

/**
 * Returns a scorer that uses json-rules-engine: the engine is built once, runs once for each lead, and the points are
 * summed from its events.
 */
export const createRulesEngine = (document: ModelDocument) => {
  const { engine } = new Translation(document);
  const dimensions = Object.keys(document.dimensions);
  const score = async (facts: Record<string, unknown>, stage: Lead['stage']): Promise<number> => {
    const { events } = await engine.run(facts);
    const sums: Record<string, number> = {};
    for (const { params } of events) {
      const { dimension, points } = params as { dimension: string; points: number };
      sums[dimension] = (sums[dimension] ?? 0) + points;
    }
    const weights: Readonly<Record<string, number>> = document.scorecards[stage] ?? {};
    const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    let score = 0;
    for (const id of dimensions) {
      score += ((weights[id] ?? 0) / total) * Math.max(0, Math.min(100, sums[id] ?? 0));
    }
    return Math.round(score * 100) / 100;
  };
  return { flatten, score };
};
