import type { Condition } from '../../document/condition.ts';
import type { ModelDocument } from '../../document/model.ts';
import type { Derived } from '../../document/names-read.ts';
import { derivingConditions } from '../../document/places.ts';
import { error, type Finding, type Rule } from '../finding.ts';
import { nodesIn, nodesOf, type SubjectPlace, subjectsIn } from '../nodes.ts';

const subjectReads = (subject: object): Derived | undefined => {
  if ('slide' in subject) return 'slide';
  const asksForLane =
    'lane' in subject ||
    'laneFigure' in subject ||
    'laneStanding' in subject ||
    ('relativeTo' in subject && subject.relativeTo !== undefined);
  return asksForLane ? 'lanes' : undefined;
};

/** What a condition asks for, by itself, of what is worked out of the facts. */
const conditionReads = (condition: Condition): Derived | undefined => {
  if ('bant' in condition || 'bantMet' in condition) return 'bant';
  if ('demoReady' in condition) return 'slide';
  return 'answering' in condition ? 'answering' : subjectReads(condition);
};

const called: Readonly<Record<Derived, string>> = {
  bant: 'BANT',
  slide: 'the slide',
  lanes: 'the lane',
  answering: 'how the lead answers',
};

/** What is worked out of the facts isn't there yet when it is being worked out. */
const plainFacts: Rule = {
  reads: [],
  find: (document) =>
    derivingConditions(document)
      .flatMap(nodesOf)
      .flatMap(({ path, condition }) => {
        const read = conditionReads(condition);
        return read === undefined
          ? []
          : [error(path, condition, `a condition that does not itself ask for ${called[read]}`)];
      }),
};

const fields: Readonly<Record<Derived, string>> = {
  bant: 'bant or bantMet',
  slide: 'slide or demoReady',
  lanes: 'lane, laneFigure, laneStanding or relativeTo',
  answering: 'answering',
};

const isThere = ({ bant, slide, lanes = [], answering }: ModelDocument, section: Derived): boolean => {
  if (section === 'lanes') return lanes.length > 0;
  return { bant, slide, answering }[section] !== undefined;
};

const missing = (path: string, given: unknown, noun: string, section: Derived): Finding =>
  error(path, given, `${noun} without ${fields[section]}, or a section ${section} in the model`);

const isOf = ({ path }: SubjectPlace): boolean => path.endsWith('.of');

/** To ask for what is worked out there must be rules for it. How leads answer has rules of its own. */
const sectionThere = (section: Exclude<Derived, 'answering'>): Rule => ({
  reads: [section],
  find: (document) => {
    if (isThere(document, section)) return [];
    return [
      ...nodesIn(document)
        .filter(({ condition }) => conditionReads(condition) === section)
        .map(({ path, condition }) => missing(path, condition, 'a condition', section)),
      ...subjectsIn(document)
        .filter((place) => isOf(place) && subjectReads(place.subject) === section)
        .map(({ path, subject }) => missing(path, subject, 'a value', section)),
    ];
  },
});

export const derivedRules: readonly Rule[] = [
  plainFacts,
  sectionThere('bant'),
  sectionThere('slide'),
  sectionThere('lanes'),
];
