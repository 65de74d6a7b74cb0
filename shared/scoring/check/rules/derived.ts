import type { ComputedSection } from '../../document/condition-paths.ts';
import { sectionConditions } from '../../document/condition-paths.ts';
import type { ModelDocument } from '../../document/model.ts';
import { findSection, listReads } from '../../document/reads.ts';
import { collectReaders, isReader, type Reader, type ReaderPath, walk } from '../../document/walk.ts';
import { error, type Finding, type Rule } from '../finding.ts';

/** Returns the section that a condition or a subject itself reads; undefined if it reads plain facts. */
const sectionRead = (reader: Reader): ComputedSection | undefined =>
  listReads(reader)
    .map(findSection)
    .find((section) => section !== undefined);

const called: Readonly<Record<ComputedSection, string>> = {
  bant: 'BANT',
  slide: 'the slide',
  lanes: 'the lane',
  answering: 'how the lead answers',
};

/** The rule that a section reads plain facts only: sections are computed in turn, and can't read each other. */
const plainFacts: Rule = {
  reads: [],
  find: (document) =>
    sectionConditions(document)
      .flatMap(walk)
      .flatMap(({ path, condition }) => {
        const read = isReader(condition) ? sectionRead(condition) : undefined;
        return read === undefined
          ? []
          : [error(path, condition, `a condition that does not itself ask for ${called[read]}`)];
      }),
};

const fields: Readonly<Record<ComputedSection, string>> = {
  bant: 'bant or bantMet',
  slide: 'slide or demoReady',
  lanes: 'lane, laneFigure, laneStanding or relativeTo',
  answering: 'answering',
};

const isThere = (
  { bant, slide, lanes = [], answering }: ModelDocument,
  section: ComputedSection,
): boolean => {
  if (section === 'lanes') return lanes.length > 0;
  return { bant, slide, answering }[section] !== undefined;
};

const missing = ({ path, reader }: ReaderPath, section: ComputedSection): Finding => {
  const noun = path.endsWith('.of') ? 'a value' : 'a condition';
  return error(path, reader, `${noun} without ${fields[section]}, or a section ${section} in the model`);
};

/** Returns the rule that a section which is read exists. Answering has rules of its own. */
const sectionThere = (section: Exclude<ComputedSection, 'answering'>): Rule => ({
  reads: [section],
  find: (document) =>
    isThere(document, section)
      ? []
      : collectReaders(document)
          .filter(({ reader }) => sectionRead(reader) === section)
          .map((place) => missing(place, section)),
});

export const derivedRules: readonly Rule[] = [
  plainFacts,
  sectionThere('bant'),
  sectionThere('slide'),
  sectionThere('lanes'),
];
