import { showValue } from '../../events/index.ts';
import type { ModelDocument } from '../scoring/index.ts';
import { describeDimension } from './criteria.ts';
import { type DescribeField, describeValue, entriesByName, fieldOf } from './fields.ts';
import { describePolicy } from './policy.ts';
import { isSame } from './same.ts';
import { describeScorecards } from './scorecards.ts';
import {
  describeAnswering,
  describeBant,
  describeDisqualifiers,
  describeEfforts,
  describeLanes,
  describePromotions,
  describeSlide,
  describeTiers,
  describeVocabulary,
} from './sections.ts';

/** The differences of two models in one part of them. */
export interface ModelDifferences {
  /** The part of the models, such as `Dimension "Profile fit"` or `Tiers`. */
  readonly about: string;
  /** A sentence for each difference, without a full stop. */
  readonly sentences: readonly string[];
}

const replaced =
  (label: string): DescribeField =>
  (before, after) =>
    before === undefined || after === undefined ? [] : describeValue(label, before, after);

type Section = Exclude<keyof ModelDocument, 'dimensions'>;

/** The sections, in the order in which their differences are listed. A new section of the format must be added. */
const sections: Readonly<Record<Section, { readonly about: string; readonly describe: DescribeField }>> = {
  id: { about: 'Document', describe: replaced('The id') },
  version: { about: 'Document', describe: replaced('The version') },
  title: { about: 'Document', describe: replaced('The title') },
  description: { about: 'Document', describe: replaced('The description') },
  $schema: { about: 'Document', describe: replaced('The schema for editors') },
  questions: { about: 'Questions, attributes and activities', describe: describeVocabulary('question') },
  attributes: { about: 'Questions, attributes and activities', describe: describeVocabulary('attribute') },
  activities: { about: 'Questions, attributes and activities', describe: describeVocabulary('activity') },
  show: { about: 'Questions, attributes and activities', describe: replaced('What lists show') },
  scorecards: { about: 'Scorecards', describe: describeScorecards },
  tiers: { about: 'Tiers', describe: describeTiers },
  bant: { about: 'BANT', describe: describeBant },
  slide: { about: 'Situation slide', describe: describeSlide },
  lanes: { about: 'Lanes', describe: describeLanes },
  answering: { about: 'How a lead answers', describe: describeAnswering },
  disqualifiers: { about: 'Disqualifiers', describe: describeDisqualifiers },
  promotions: { about: 'Promotions', describe: describePromotions },
  policy: { about: 'Policy', describe: describePolicy },
  efforts: { about: 'Efforts', describe: describeEfforts },
};

/** The sections before which the dimensions are listed. */
const afterDimensions: Section = 'scorecards';

const diffSection = (section: Section, before: ModelDocument, after: ModelDocument): ModelDifferences[] => {
  const [was, is] = [before[section], after[section]];
  if (isSame(was, is)) return [];
  const { about, describe } = sections[section];
  const sentences = describe(was, is);
  return [{ about, sentences: sentences.length > 0 ? sentences : describeValue(section, was, is) }];
};

const titleOf = (dimension: unknown, id: string): string =>
  `Dimension ${showValue(fieldOf(dimension, 'title'))} (${id})`;

const diffDimensions = (before: ModelDocument, after: ModelDocument): ModelDifferences[] => {
  const [was, is] = [entriesByName(before.dimensions), entriesByName(after.dimensions)];
  const ids = [...new Set([...is.keys(), ...was.keys()])];
  return ids.flatMap((id) => {
    const [from, to] = [was.get(id), is.get(id)];
    if (isSame(from, to)) return [];
    const about = titleOf(to ?? from, id);
    if (from === undefined) return [{ about, sentences: [`It is new, with ${countCriteria(to)}`] }];
    if (to === undefined) return [{ about, sentences: [`It is gone, with ${countCriteria(from)}`] }];
    return [{ about, sentences: describeDimension(from, to) }];
  });
};

const countCriteria = (dimension: unknown): string => {
  const criteria = fieldOf(dimension, 'criteria');
  const number = Array.isArray(criteria) ? criteria.length : 0;
  return number === 1 ? '1 criterion' : `${number} criteria`;
};

/** Joins the differences of one part that come from several sections. */
const join = (differences: readonly ModelDifferences[]): ModelDifferences[] => {
  const byAbout = new Map<string, string[]>();
  for (const { about, sentences } of differences)
    byAbout.set(about, [...(byAbout.get(about) ?? []), ...sentences]);
  return [...byAbout].map(([about, sentences]) => ({ about, sentences }));
};

/**
 * Returns every difference of two models in words, by the parts of a model; nothing if they are the same. Each value
 * that differs is named by a sentence at least. The order of names in an object is no difference, that of a list is.
 *
 * The words of a document are in the sentences: whoever prints them must keep them from controlling a terminal.
 *
 * @example diffModels(before, after) // [{ about: 'Tiers', sentences: ['The tier good begins at 55 instead of 50'] }]
 */
export const diffModels = (before: ModelDocument, after: ModelDocument): readonly ModelDifferences[] => {
  const names = Object.keys(sections) as Section[];
  const at = names.indexOf(afterDimensions);
  const diff = (some: readonly Section[]) => some.flatMap((section) => diffSection(section, before, after));
  return join([...diff(names.slice(0, at)), ...diffDimensions(before, after), ...diff(names.slice(at))]);
};
