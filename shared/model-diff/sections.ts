import { showValue } from '../../events/index.ts';
import { describeCondition, describeConditionChange } from './condition-words.ts';
import {
  describeFields,
  describeIdentified,
  describeNamed,
  entriesByName,
  fieldOf,
  isFields,
  type NamedProps,
} from './fields.ts';
import { describeEntries } from './policy.ts';

/** Returns how entries with an id and a text, or title, and conditions are described. */
const withConditions = (field: 'text' | 'title', says: (entry: unknown) => string): NamedProps => ({
  title: (id, entry) => `${showValue(fieldOf(entry, field))} (${id})`,
  added: (entry) => `: ${says(entry)}`,
  change: (title, before, after) =>
    describeFields(title, before, after, {
      when: (was, is) => describeConditionChange(`${title} has another condition`, was, is),
      unless: (was, is) => describeConditionChange(`${title} has another exception`, was, is),
    }),
});

const condition = (entry: unknown): string => describeCondition(fieldOf(entry, 'when'));

/** Describes what differs in disqualifiers. */
export const describeDisqualifiers = (before: unknown, after: unknown): string[] =>
  describeIdentified('The disqualifiers', before, after, withConditions('text', condition));

const lane = withConditions('title', (entry) => `${String(fieldOf(entry, 'kind'))}, if ${condition(entry)}`);

/** Describes what differs in lanes. Their order matters: a lead is in the first that fits. */
export const describeLanes = (before: unknown, after: unknown): string[] =>
  describeIdentified('The lanes', before, after, lane);

/** Describes what differs in how answers are judged. */
export const describeAnswering = (before: unknown, after: unknown): string[] =>
  isFields(before) && isFields(after)
    ? describeFields('Answers', before, after, {
        contradictions: (was, is) =>
          describeIdentified('The contradictions', was, is, withConditions('text', condition)),
      })
    : [];

const promotion = (entry: unknown): string => {
  const activities = fieldOf(entry, 'activities');
  return `to ${String(fieldOf(entry, 'to'))} by ${Array.isArray(activities) ? activities.join(', ') : showValue(activities)}`;
};

/** Describes what differs in promotions. */
export const describePromotions = (before: unknown, after: unknown): string[] =>
  describeEntries('promotion', before, after, promotion);

/** Describes what differs in efforts. */
export const describeEfforts = (before: unknown, after: unknown): string[] =>
  describeIdentified(
    'The efforts',
    before,
    after,
    withConditions('title', (entry) => String(fieldOf(entry, 'kind'))),
  );

/** Returns a description of the differences of names with what is said of each: questions, attributes, activities. */
export const describeVocabulary =
  (one: string) =>
  (before: unknown, after: unknown): string[] =>
    describeNamed(entriesByName(before), entriesByName(after), {
      title: (name) => `The ${one} ${showValue(name)}`,
      added: (entry) =>
        `: ${showValue(isFields(entry) ? (fieldOf(entry, 'text') ?? fieldOf(entry, 'title')) : entry)}`,
      change: (title, was, is) => describeFields(title, was, is),
    });

/** Describes the conditions of the letters of BANT, or of the parts of the slide, and what is beside them. */
const describeParts =
  (parts: string, label: string) =>
  (before: unknown, after: unknown): string[] =>
    isFields(before) && isFields(after)
      ? describeFields(label, before, after, {
          [parts]: (was, is) =>
            describeNamed(entriesByName(was), entriesByName(is), {
              title: (name) => `${label}, ${name}`,
              added: () => '',
              change: (title, from, to) =>
                describeFields(
                  title,
                  from,
                  to,
                  Object.fromEntries(
                    ['pass', 'fail', 'complete', 'partial'].map((field) => [
                      field,
                      (a: unknown, b: unknown) =>
                        describeConditionChange(`${title}: another condition of ${field}`, a, b),
                    ]),
                  ),
                ),
            }),
        })
      : [];

/** Describes what differs in BANT. */
export const describeBant = describeParts('letters', 'BANT');

/** Describes what differs in the situation slide. */
export const describeSlide = describeParts('parts', 'Situation slide');

/** Describes the bounds of tiers that differ. */
export const describeTiers = (before: unknown, after: unknown): string[] => {
  const bound = (tier: string) => (was: unknown, is: unknown) => [
    `The tier ${tier} begins at ${showValue(is)} instead of ${showValue(was)}`,
  ];
  return describeFields('', before, after, {
    excellent: bound('excellent'),
    good: bound('good'),
    risky: bound('risky'),
    hysteresis: (was, is) => [
      `A tier is lost ${showValue(is)} points below its bound instead of ${showValue(was)}`,
    ],
  });
};
