import { answersJudged } from '../compile/answering.ts';
import type { Condition, ValueCondition } from '../document/condition.ts';
import type { Criterion, TableSubject } from '../document/criterion.ts';
import type { ModelDocument } from '../document/model.ts';
import { conditionsIn, criteriaIn, partsOf } from '../document/places.ts';
import type { Cut } from './number-classes.ts';

/** All that a model compares one value with. */
export interface Tests {
  readonly literals: Set<string | number | boolean>;
  /** What texts are searched for. */
  readonly fragments: Set<string>;
  /** Whether it matters where in a text some of them stand. */
  edges: boolean;
  readonly cuts: Cut[];
  readonly words: Cut[];
  readonly figures: Cut[];
}

export interface TestsOfNames {
  readonly attributes: Map<string, Tests>;
  readonly answers: Map<string, Tests>;
  /** How often something must have happened to make a difference. */
  readonly activities: Map<string, Set<number>>;
  readonly outcomes: Map<string, Set<number>>;
}

const noTests = (): Tests => ({
  edges: false,
  literals: new Set(),
  fragments: new Set(),
  cuts: [],
  words: [],
  figures: [],
});

const entry = <T>(map: Map<string, T>, name: string, create: () => T): T => {
  const found = map.get(name);
  if (found !== undefined) return found;
  const created = create();
  map.set(name, created);
  return created;
};

const at = (value: number): Cut => ({ at: value, after: false });
const after = (value: number): Cut => ({ at: value, after: true });

const cutsOf = (
  condition: Partial<Record<'atLeast' | 'atMost' | 'above' | 'below', number | undefined>>,
): Cut[] => [
  ...(condition.atLeast === undefined ? [] : [at(condition.atLeast)]),
  ...(condition.below === undefined ? [] : [at(condition.below)]),
  ...(condition.atMost === undefined ? [] : [after(condition.atMost)]),
  ...(condition.above === undefined ? [] : [after(condition.above)]),
];

/** As the quotient is rounded when it is evaluated: without the last digits, which no decimal has. */
const plainly = (value: number): number => Number(value.toPrecision(12));

/** Tests of a value that is divided by a figure of the lane cut the value itself at that many times the figure. */
const scaled = (cuts: readonly Cut[], subject: object, { lanes = [] }: ModelDocument): Cut[] => {
  if (!('relativeTo' in subject) || subject.relativeTo === undefined) return [...cuts];
  const figure = subject.relativeTo as keyof (typeof lanes)[number]['figures'];
  return lanes.flatMap(({ figures }) => {
    const usual = figures[figure];
    return usual === undefined ? [] : cuts.map((cut) => ({ ...cut, at: plainly(cut.at * usual) }));
  });
};

/** Creates what is collected, adds to it, and hands it out. */
const collector = (document: ModelDocument) => {
  const found: TestsOfNames = {
    attributes: new Map(),
    answers: new Map(),
    activities: new Map(),
    outcomes: new Map(),
  };

  const addCuts = (subject: TableSubject, cuts: readonly Cut[]): void => {
    if ('attribute' in subject) {
      entry(found.attributes, subject.attribute, noTests).cuts.push(...scaled(cuts, subject, document));
    } else if ('answer' in subject) {
      entry(found.answers, subject.answer, noTests).cuts.push(...scaled(cuts, subject, document));
    } else if ('words' in subject) entry(found.answers, subject.words, noTests).words.push(...cuts);
    else if ('figures' in subject) entry(found.answers, subject.figures, noTests).figures.push(...cuts);
  };

  /** Of what is compared as a whole; words, figures and lanes are compared as numbers. */
  const testsOf = (subject: TableSubject): Tests | undefined => {
    if ('attribute' in subject) return entry(found.attributes, subject.attribute, noTests);
    return 'answer' in subject ? entry(found.answers, subject.answer, noTests) : undefined;
  };

  const addLiterals = (subject: TableSubject, literals: readonly (string | number | boolean)[]): void => {
    const numbers = literals.filter((literal) => typeof literal === 'number');
    addCuts(
      subject,
      numbers.flatMap((literal) => [at(literal), after(literal)]),
    );
    const tests = testsOf(subject);
    for (const literal of literals) if (typeof literal !== 'number') tests?.literals.add(literal);
  };

  /** Keys are looked up as text; one that is a number may be meant as one. */
  const addTable = (subject: TableSubject, keys: readonly string[]): void => {
    addLiterals(subject, keys);
    const numbers = keys.filter((key) => key.trim() !== '').map(Number);
    addLiterals(subject, numbers.filter(Number.isFinite));
  };

  const addFragments = (subject: TableSubject, texts: readonly (string | undefined)[]): void => {
    const tests = testsOf(subject);
    for (const text of texts) if (text !== undefined) tests?.fragments.add(text);
  };

  const addValueCondition = (condition: ValueCondition): void => {
    const { is, isNot, in: among, notIn, contains, startsWith, endsWith } = condition;
    addCuts(condition, cutsOf(condition));
    const literals = [is, isNot, ...(among ?? []), ...(notIn ?? [])].filter((value) => value !== undefined);
    addLiterals(condition, literals);
    addFragments(condition, [contains, startsWith, endsWith]);
    if (startsWith !== undefined || endsWith !== undefined) {
      const tests = testsOf(condition);
      if (tests !== undefined) tests.edges = true;
    }
  };

  const addCounts = (
    counts: Set<number>,
    { atLeast, atMost }: { atLeast?: number | undefined; atMost?: number | undefined },
  ) => {
    counts.add(atLeast ?? 1);
    if (atMost !== undefined) counts.add(atMost).add(atMost + 1);
  };

  const noCounts = () => new Set([0, 1]);

  const addCondition = (condition: Condition): void => {
    if ('activity' in condition) {
      addCounts(entry(found.activities, condition.activity, noCounts), condition);
    } else if ('outcome' in condition) {
      addCounts(entry(found.outcomes, condition.outcome, noCounts), condition);
    } else if (
      'attribute' in condition ||
      'answer' in condition ||
      'words' in condition ||
      'figures' in condition
    ) {
      addValueCondition(condition);
    }
  };

  const addCriterion = (criterion: Criterion): void => {
    if ('bands' in criterion)
      addCuts(
        criterion.of,
        criterion.bands.map(({ from }) => at(from)),
      );
    else if ('table' in criterion) addTable(criterion.of, Object.keys(criterion.table));
    else if ('each' in criterion && 'activity' in criterion.each) {
      const most = criterion.points === 0 ? 1 : Math.ceil(criterion.max / Math.abs(criterion.points));
      entry(found.activities, criterion.each.activity, noCounts).add(most);
    }
  };

  return { found, addCuts, addCondition, addCriterion };
};

/** What a model compares each value with: between values that it compares alike it can't tell. */
export const testsOfNames = (document: ModelDocument): TestsOfNames => {
  const { found, addCuts, addCondition, addCriterion } = collector(document);
  for (const { condition } of conditionsIn(document)) partsOf(condition).forEach(addCondition);
  for (const { criterion } of criteriaIn(document)) addCriterion(criterion);
  const { short, long, specific } = document.answering ?? {};
  for (const question of answersJudged(document)) {
    const words = [short?.below, long?.from, specific?.words].filter((value) => value !== undefined);
    addCuts({ words: question }, words.map(at));
    if (specific !== undefined) addCuts({ figures: question }, [at(specific.figures)]);
  }
  for (const { activities } of document.promotions) {
    for (const activity of activities) entry(found.activities, activity, () => new Set([0, 1]));
  }
  return found;
};
