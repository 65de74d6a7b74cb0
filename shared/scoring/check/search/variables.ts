import type { Condition } from '../../document/condition.ts';
import type { Criterion, TableSubject } from '../../document/criterion.ts';
import type { ModelDocument } from '../../document/model.ts';
import type { Derived } from '../../document/names-read.ts';
import { partsOf } from '../../document/places.ts';

/**
 * What can be otherwise with another lead: the value of a name, or something that is worked out of such values. As text,
 * so that sets and maps can hold it: what kind it is, and its name.
 */
export type Variable =
  | `attribute ${string}`
  | `answer ${string}`
  | `activity ${string}`
  | `outcome ${string}`
  | `letter ${string}`
  | 'bantMet'
  | `part ${string}`
  | 'demoReady'
  | 'lane'
  | 'answering';

/** The kind of a variable and its name, which is empty where there is one of the kind. */
export const partsOfVariable = (variable: Variable): readonly [kind: string, name: string] => {
  const [kind = '', name = ''] = variable.split(' ');
  return [kind, name];
};

export const ofSubject = (subject: TableSubject): Variable[] => {
  if ('attribute' in subject || 'answer' in subject) {
    const own: Variable =
      'attribute' in subject ? `attribute ${subject.attribute}` : `answer ${subject.answer}`;
    return subject.relativeTo === undefined ? [own] : [own, 'lane'];
  }
  if ('words' in subject) return [`answer ${subject.words}`];
  if ('figures' in subject) return [`answer ${subject.figures}`];
  return 'slide' in subject ? [`part ${subject.slide}`] : ['lane'];
};

/** What a condition reads by itself, what it is joined of apart. */
export const ofLeaf = (condition: Condition): Variable[] => {
  if ('all' in condition || 'any' in condition || 'some' in condition || 'not' in condition) return [];
  if ('activity' in condition) return [`activity ${condition.activity}`];
  if ('outcome' in condition) return [`outcome ${condition.outcome}`];
  if ('answering' in condition) return ['answering'];
  if ('bant' in condition) return [`letter ${condition.bant}`];
  if ('bantMet' in condition) return ['bantMet'];
  return 'demoReady' in condition ? ['demoReady'] : ofSubject(condition);
};

export const ofCondition = (condition: Condition): Variable[] => [
  ...new Set(partsOf(condition).flatMap(ofLeaf)),
];

export const ofCriterion = (criterion: Criterion): Variable[] => {
  if ('when' in criterion) return ofCondition(criterion.when);
  if ('of' in criterion) return ofSubject(criterion.of);
  return 'activity' in criterion.each ? [`activity ${criterion.each.activity}`] : ['answering'];
};

/** The section that a variable is worked out by; undefined for one that isn't, or of which only counts are looked at. */
export const sectionOf = (variable: Variable): Exclude<Derived, 'answering'> | undefined => {
  const [kind] = partsOfVariable(variable);
  if (kind === 'letter' || kind === 'bantMet') return 'bant';
  if (kind === 'part' || kind === 'demoReady') return 'slide';
  return kind === 'lane' ? 'lanes' : undefined;
};

const present = (conditions: readonly (Condition | undefined)[]): Condition[] =>
  conditions.filter((condition) => condition !== undefined);

/** The conditions by which a variable is worked out; none for the value of a name. */
export const behind = (variable: Variable, { bant, slide, lanes = [] }: ModelDocument): Condition[] => {
  const [kind, name] = partsOfVariable(variable);
  switch (sectionOf(variable)) {
    case 'bant':
      return Object.entries(bant?.letters ?? {}).flatMap(([letter, { pass, fail }]) =>
        kind === 'bantMet' || letter === name ? present([pass, fail]) : [],
      );
    case 'slide':
      return Object.entries(slide?.parts ?? {}).flatMap(([part, { complete, partial }]) =>
        kind === 'demoReady' || part === name ? present([complete, partial]) : [],
      );
    case 'lanes':
      return lanes.map(({ when }) => when);
    default:
      return [];
  }
};
