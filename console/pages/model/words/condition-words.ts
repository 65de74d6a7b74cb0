import type { ModelDocument } from '../../../../shared/scoring/index.ts';
import { markAuthored } from '../../../parts/authored-marks.ts';
import { formatNumber } from '../../../parts/numbers.ts';
import type { Texts } from '../../../texts/en.ts';
import { texts } from '../../../texts/texts.ts';
import { formatList } from '../format.ts';

/** A condition of a model. */
export type Condition = ModelDocument['disqualifiers'][number]['when'];

/** The names of a model with what they mean. */
export type Vocabulary = Pick<ModelDocument, 'questions' | 'attributes' | 'activities' | 'lanes' | 'slide'>;

type Words = Texts['model']['conditions'];

type Fields = Readonly<Record<string, unknown>>;

/** Finds an entry of an object itself, so that one called `constructor` is none of JavaScript's. */
const lookUp = <T>(entries: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  entries !== undefined && Object.hasOwn(entries, name) ? entries[name] : undefined;

const showValue = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? texts.value.words.yes : texts.value.words.no;
  return typeof value === 'number' ? formatNumber(value) : markAuthored(String(value));
};

type Show = (value: unknown) => string;

const showOperand = (value: unknown, show: Show): string =>
  Array.isArray(value) ? formatList(value.map(show), 'disjunction') : show(value);

/** The fields of a condition that test no value. */
const subjects = new Set([
  'attribute',
  'answer',
  'words',
  'figures',
  'lane',
  'laneFigure',
  'laneStanding',
  'relativeTo',
]);

const describeTests = (condition: Fields, t: Words, show: Show = showValue): string => {
  const tests = Object.entries(condition).filter(
    ([name, value]) => value !== undefined && !subjects.has(name),
  );
  return formatList(
    tests.map(([name, operand]) => {
      if (name === 'known') return operand === true ? t.isKnown : t.isNotKnown;
      const test = lookUp(t.tests, name);
      const shown = showOperand(operand, show);
      return test === undefined ? `${name} ${shown}` : test(shown);
    }),
    'conjunction',
  );
};

/** Returns the words for what a condition, a band or a table reads; undefined if it counts or is joined of others. */
export const describeSubject = (
  reader: Fields,
  { questions, attributes, slide }: Vocabulary,
): string | undefined => {
  const t = texts.value.model.conditions;
  const question = (name: unknown): string =>
    markAuthored(lookUp(questions, String(name))?.text ?? String(name));
  const [kind] = Object.keys(reader).filter((name) => name !== 'relativeTo');
  const name = kind === undefined ? undefined : reader[kind];
  const figure = (): string => lookUp(t.figures, String(name)) ?? String(name);
  const relative =
    reader.relativeTo === undefined ? '' : t.relative(lookUp(t.figures, String(reader.relativeTo)) ?? '');
  switch (kind) {
    case 'attribute':
      return markAuthored(lookUp(attributes, String(name))?.title ?? String(name)) + relative;
    case 'answer':
      return t.answer(question(name)) + relative;
    case 'words':
      return t.words(question(name));
    case 'figures':
      return t.numbers(question(name));
    case 'lane':
      return t.group;
    case 'laneFigure':
      return t.groupFigure(figure());
    case 'laneStanding':
      return t.groupStanding(figure());
    case 'slide':
      return t.slidePart(markAuthored(lookUp(slide?.parts, String(name))?.title ?? String(name)));
    default:
      return undefined;
  }
};

const describeTimes = ({ atLeast, atMost, withinDays }: Fields, t: Words): string =>
  [
    atLeast === undefined && atMost === undefined
      ? ''
      : t.times(atLeast as number | undefined, atMost as number | undefined),
    withinDays === undefined ? '' : t.within(Number(withinDays)),
  ]
    .filter((part) => part !== '')
    .map((part) => ` ${part}`)
    .join('');

const showGroup =
  (condition: Fields, { lanes }: Vocabulary): Show =>
  (value) => {
    if (typeof value !== 'string') return showValue(value);
    const kind =
      condition.lane === 'kind' ? lookUp(texts.value.model.conditions.groupKinds, value) : undefined;
    return kind ?? markAuthored(lanes?.find(({ id }) => id === value)?.title ?? value);
  };

const describeLeaf = (condition: Fields, vocabulary: Vocabulary): string => {
  const t = texts.value.model.conditions;
  const has = (name: string): boolean => condition[name] !== undefined;
  if (has('activity')) {
    const activity = String(condition.activity);
    return (
      t.lead(markAuthored(lookUp(vocabulary.activities, activity) ?? activity)) + describeTimes(condition, t)
    );
  }
  if (has('outcome'))
    return (lookUp(t.outcomes, String(condition.outcome)) ?? '') + describeTimes(condition, t);
  if (has('answering'))
    return (lookUp(t.answering, String(condition.answering)) ?? '') + describeTimes(condition, t);
  if (has('bant'))
    return t.bant(
      lookUp(t.letters, String(condition.bant)) ?? '',
      lookUp(t.bantStates, String(condition.is)) ?? '',
    );
  if (has('bantMet')) return condition.bantMet === true ? t.bantMet : t.bantNotMet;
  if (has('demoReady')) return condition.demoReady === true ? t.demoReady : t.notDemoReady;
  // Whether a group is wanted is no value but a statement; `isNot` is the other test that it can have.
  if (condition.lane === 'pursued' && typeof (condition.is ?? condition.isNot) === 'boolean')
    return (condition.is ?? !condition.isNot) ? t.groupWanted : t.groupNotWanted;
  const subject = describeSubject(condition, vocabulary) ?? '';
  if (has('slide')) return `${subject} ${lookUp(t.slideStates, String(condition.is)) ?? ''}`;
  return `${subject} ${describeTests(condition, t, has('lane') ? showGroup(condition, vocabulary) : showValue)}`;
};

const join = (
  conditions: unknown,
  type: 'conjunction' | 'disjunction',
  vocabulary: Vocabulary,
  isInner: boolean,
): string => {
  const list = conditions as readonly Condition[];
  const parts = list.map((each) => describe(each, vocabulary, list.length > 1));
  const joined = formatList(parts, type);
  return isInner && list.length > 1 ? `(${joined})` : joined;
};

function describe(condition: Condition, vocabulary: Vocabulary, isInner: boolean): string {
  const t = texts.value.model.conditions;
  if ('all' in condition) return join(condition.all, 'conjunction', vocabulary, isInner);
  if ('any' in condition) return join(condition.any, 'disjunction', vocabulary, isInner);
  if ('not' in condition) return t.not(describe(condition.not, vocabulary, false));
  if ('some' in condition)
    return t.some(condition.atLeast, join(condition.some, 'conjunction', vocabulary, false));
  return describeLeaf(condition, vocabulary);
}

/**
 * Returns a condition in words that somebody in sales knows, by the names that the model gives to what it reads,
 * which are marked as those of its author.
 */
export const describeCondition = (condition: Condition, vocabulary: Vocabulary): string =>
  describe(condition, vocabulary, false);
