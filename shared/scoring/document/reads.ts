import type { Outcome } from '../../../events/index.ts';
import type { AnswerFlag } from './answer-flags.ts';
import type { Condition } from './condition.ts';
import { type ComputedSection, conditionsBySection } from './condition-paths.ts';
import type { Criterion } from './criterion.ts';
import type { Letter } from './letters.ts';
import type { ModelDocument } from './model.ts';
import type { SlidePart } from './slide-parts.ts';
import { isReader, listParts, type Reader } from './walk.ts';

/** One thing that a condition or a criterion reads: a fact by its name, or something computed from facts. */
export type Read =
  | { readonly kind: 'attribute'; readonly name: string; readonly field: 'attribute' }
  | { readonly kind: 'answer'; readonly name: string; readonly field: 'answer' | 'words' | 'figures' }
  | { readonly kind: 'activity'; readonly name: string; readonly field: 'activity' }
  | { readonly kind: 'outcome'; readonly name: Outcome }
  | { readonly kind: 'letter'; readonly name: Letter }
  | { readonly kind: 'bantMet' }
  | { readonly kind: 'part'; readonly name: SlidePart }
  | { readonly kind: 'demoReady' }
  | { readonly kind: 'lane' }
  | { readonly kind: 'answering'; readonly flag: AnswerFlag };

const lane: Read = { kind: 'lane' };

/**
 * Returns what a condition or a subject reads itself. The only place that knows it: a new subject or a new kind of
 * condition doesn't compile here until it is decided what it reads.
 *
 * @example listReads({ answer: 'budget', relativeTo: 'revenue', above: 1 }) // the answer budget, and the lane
 */
export const listReads = (reader: Reader): Read[] => {
  if ('attribute' in reader) {
    const own: Read = { kind: 'attribute', name: reader.attribute, field: 'attribute' };
    return reader.relativeTo === undefined ? [own] : [own, lane];
  }
  if ('answer' in reader) {
    const own: Read = { kind: 'answer', name: reader.answer, field: 'answer' };
    return reader.relativeTo === undefined ? [own] : [own, lane];
  }
  if ('words' in reader) return [{ kind: 'answer', name: reader.words, field: 'words' }];
  if ('figures' in reader) return [{ kind: 'answer', name: reader.figures, field: 'figures' }];
  if ('lane' in reader || 'laneFigure' in reader || 'laneStanding' in reader) return [lane];
  if ('activity' in reader) return [{ kind: 'activity', name: reader.activity, field: 'activity' }];
  if ('outcome' in reader) return [{ kind: 'outcome', name: reader.outcome }];
  if ('answering' in reader) return [{ kind: 'answering', flag: reader.answering }];
  if ('bant' in reader) return [{ kind: 'letter', name: reader.bant }];
  if ('bantMet' in reader) return [{ kind: 'bantMet' }];
  if ('slide' in reader) return [{ kind: 'part', name: reader.slide }];
  if ('demoReady' in reader) return [{ kind: 'demoReady' }];
  return reader satisfies never;
};

/** Returns what a condition and all conditions within it read. */
export const listConditionReads = (condition: Condition): Read[] =>
  listParts(condition).flatMap((part) => (isReader(part) ? listReads(part) : []));

/** Returns what a criterion reads. */
export const listCriterionReads = (criterion: Criterion): Read[] => {
  if ('when' in criterion) return listConditionReads(criterion.when);
  return listReads('of' in criterion ? criterion.of : criterion.each);
};

/** Returns the text by which two reads are of the same thing. An answer and its words are the same answer. */
export const keyOfRead = (read: Read): string => ('name' in read ? `${read.kind} ${read.name}` : read.kind);

/** Returns the section that computes what is read; undefined for a fact. */
export const findSection = ({ kind }: Read): ComputedSection | undefined => {
  switch (kind) {
    case 'letter':
    case 'bantMet':
      return 'bant';
    case 'part':
    case 'demoReady':
      return 'slide';
    case 'lane':
      return 'lanes';
    case 'answering':
      return 'answering';
    case 'attribute':
    case 'answer':
    case 'activity':
    case 'outcome':
      return undefined;
    default:
      return kind satisfies never;
  }
};

const present = (...conditions: readonly (Condition | undefined)[]): Condition[] =>
  conditions.filter((condition) => condition !== undefined);

/** Returns the conditions by which something read is computed; none for a fact. */
export const conditionsBehind = (read: Read, document: ModelDocument): Condition[] => {
  const { bant, slide } = document;
  if (read.kind === 'letter') {
    const letter = bant?.letters[read.name];
    return present(letter?.pass, letter?.fail);
  }
  if (read.kind === 'part') {
    const part = slide?.parts[read.name];
    return present(part?.complete, part?.partial);
  }
  if (read.kind === 'answering' && read.flag !== 'contradictory') return [];
  const section = findSection(read);
  return section === undefined
    ? []
    : conditionsBySection(document)[section].map(({ condition }) => condition);
};
