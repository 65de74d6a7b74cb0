import { noLane } from '../compile/subject.ts';
import type { TableSubject } from '../document/criterion.ts';
import { laneKinds } from '../document/lanes.ts';
import type { ModelDocument } from '../document/model.ts';
import type { Plain } from '../document/plain.ts';
import { slideStatuses } from '../document/slide-parts.ts';
import type { AttributeDescription, Question } from '../document/vocabulary.ts';
import type { ValueKind } from '../operators/index.ts';
import { readLiteral } from '../values/literals.ts';

/** The values that something can have, as far as the model describes them. */
export type Domain = {
  /** The thing that has the values, such as "the question budget". */
  readonly of: string;
  /** One of the values, such as "an answer to the question budget". */
  readonly what: string;
} & (
  | { readonly kind: 'choice'; readonly values: readonly Plain[] }
  | { readonly kind: 'list'; readonly values: readonly Plain[] }
  | { readonly kind: 'number'; readonly from: number; readonly to: number; readonly orNone: boolean }
  | { readonly kind: 'yesNo' }
  | { readonly kind: 'text' }
);

const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;

const number = (of: string, from: number, to: number, orNone: boolean): Domain => ({
  of,
  what: 'a number',
  kind: 'number',
  from,
  to,
  orNone,
});

const choice = (of: string, what: string, values: readonly Plain[]): Domain => ({
  of,
  what,
  kind: 'choice',
  values,
});

const described = (of: string, by: Question | AttributeDescription): Domain => {
  const what = `a value of ${of}`;
  switch (by.kind) {
    case 'choice':
    case 'list':
      return { of, what, kind: by.kind, values: by.values };
    case 'number': {
      const { from = NEGATIVE_INFINITY, to = POSITIVE_INFINITY } = by;
      // A range that ends before it begins has a finding of its own; here it would only lead to more of the same.
      return from > to
        ? number(of, NEGATIVE_INFINITY, POSITIVE_INFINITY, false)
        : number(of, from, to, false);
    }
    case 'yesNo':
    case 'text':
      return { of, what, kind: by.kind };
    default:
      return by satisfies never;
  }
};

const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

const ofName = (of: string, by: Question | AttributeDescription | undefined): Domain | undefined =>
  by && described(of, by);

/** Returns the domain of a subject itself, before its value is divided by a figure of the lane. */
export const findOwnDomain = (subject: TableSubject, document: ModelDocument): Domain | undefined => {
  if ('attribute' in subject) {
    const { attribute } = subject;
    return ofName(`the attribute ${attribute}`, own(document.attributes, attribute));
  }
  if ('answer' in subject) {
    const { answer } = subject;
    return ofName(`the question ${answer}`, own(document.questions, answer));
  }
  if ('words' in subject) return number('a count of words', 0, POSITIVE_INFINITY, false);
  if ('figures' in subject) return number('a count of figures', 0, POSITIVE_INFINITY, false);
  if ('laneFigure' in subject) {
    return number(`a lane's ${subject.laneFigure}`, NEGATIVE_INFINITY, POSITIVE_INFINITY, true);
  }
  if ('laneStanding' in subject) return number("a lane's standing", 0, 100, true);
  if ('slide' in subject)
    return choice('a part of the slide', 'how far a part of the slide can be', slideStatuses);
  switch (subject.lane) {
    case 'id': {
      const { lanes = [] } = document;
      // That there are no lanes has a finding of its own.
      return lanes.length === 0
        ? undefined
        : choice("a lane's id", 'a lane of this model', [...lanes.map(({ id }) => id), noLane]);
    }
    case 'kind':
      return choice("a lane's kind", 'a kind of lane', [...laneKinds, noLane]);
    case 'pursued':
      return { of: 'whether a lane is pursued', what: 'yes or no', kind: 'yesNo' };
    default:
      return subject.lane satisfies never;
  }
};

/** Returns the values that a subject can have; undefined if the model doesn't describe them. */
export const findDomain = (subject: TableSubject, document: ModelDocument): Domain | undefined =>
  'relativeTo' in subject && subject.relativeTo !== undefined
    ? number(`a value relative to ${subject.relativeTo}`, NEGATIVE_INFINITY, POSITIVE_INFINITY, true)
    : findOwnDomain(subject, document);

const kinds: Readonly<Record<Domain['kind'], string>> = {
  choice: 'a choice',
  list: 'a list',
  number: 'a number',
  yesNo: 'yes or no',
  text: 'text',
};

/** Returns words such as "the question budget is a choice". */
export const kindWords = ({ of, kind }: Domain): string => `${of} is ${kinds[kind]}`;

/** Returns the kinds of a value: the text of a number, or of yes or no, counts as that as well. */
const classifyValue = (value: Plain): ValueKind[] => {
  const kinds: ValueKind[] = typeof value === 'string' ? ['text'] : [];
  const asked = readLiteral(value);
  if (typeof asked === 'number') return [...kinds, 'number'];
  return typeof asked === 'boolean' ? [...kinds, 'yesNo'] : kinds;
};

/** Returns the kinds of values that a domain has. */
export const listValueKinds = (domain: Domain): readonly ValueKind[] =>
  domain.kind === 'choice' ? domain.values.flatMap(classifyValue) : [domain.kind];

export const canBeNumber = (domain: Domain): boolean => listValueKinds(domain).includes('number');
