import type { FactValue } from '../../../events/index.ts';
import { findNearest } from '../../suggest/index.ts';
import { answersJudged } from '../compile/answering.ts';
import type { ModelDocument } from '../document/model.ts';
import { listReads } from '../document/reads.ts';
import { collectReaders } from '../document/walk.ts';
import { consentAttribute, contactAttribute } from '../facts.ts';
import { readNumber } from '../values/read-plain.ts';
import { describeAllowed, describeNamed } from './describe-allowed.ts';
import { collectValueReaders, isMistaken, isValueRead } from './value-readers.ts';

/** Something that is said about a lead: the name of a fact, and its value unless it is an activity. */
export interface Said {
  readonly bag: 'attributes' | 'answers' | 'activities';
  readonly name: string;
  /** Null if the value is cleared; left out of activities. */
  readonly value?: FactValue;
}

/** Something that is said, but gives nothing by a model. */
export interface Unread extends Said {
  /** Whether no rule reads the name, or none tells the value from any other. */
  readonly what: 'name' | 'value';
  /** The values that the model knows, in words; undefined if it doesn't know the name. */
  readonly allowed?: string;
  /** The name or the value that was probably meant. */
  readonly meant?: string;
}

/** The most names of which the nearest is remembered, so that memory stays bounded. */
const mostRemembered = 1_000;

type FindUnread = (said: Said) => Unread | undefined;

type Bag = Said['bag'];

const bagOf = { attribute: 'attributes', answer: 'answers', activity: 'activities' } as const;

/** Lists the names that the rules of a model read, without those that it only describes. */
export const listNamesRead = (document: ModelDocument): Record<Bag, Set<string>> => {
  const { promotions, efforts } = document;
  const names: Record<Bag, Set<string>> = {
    attributes: new Set(),
    answers: new Set(answersJudged(document)),
    activities: new Set([...promotions, ...efforts].flatMap(({ activities }) => activities)),
  };
  for (const { reader } of collectReaders(document)) {
    for (const read of listReads(reader)) {
      if (read.kind === 'attribute' || read.kind === 'answer' || read.kind === 'activity') {
        names[bagOf[read.kind]].add(read.name);
      }
    }
  }
  return names;
};

/**
 * Lists the names that a model knows. One that it describes, shows or announces is no mistake, even if no rule reads it,
 * and nor are the attribute of consent, which merges read, and that of the contact, which deliveries read.
 */
const listNamesKnown = (document: ModelDocument): Record<Bag, Set<string>> => {
  const { attributes = {}, questions = {}, activities = {}, show = [], policy } = document;
  const read = listNamesRead(document);
  return {
    attributes: new Set([
      ...read.attributes,
      ...Object.keys(attributes),
      ...show,
      ...(policy.handoffs?.attributes ?? []),
      consentAttribute,
      contactAttribute,
    ]),
    answers: new Set([...read.answers, ...Object.keys(questions)]),
    activities: new Set([...read.activities, ...Object.keys(activities)]),
  };
};

/**
 * Returns a function that finds out whether a fact gives nothing by a model, since no rule reads its name, or since none
 * names its value. Whether the rules that read it hold for a certain lead is another question.
 */
export const createFindUnread = (document: ModelDocument): FindUnread => {
  const names = listNamesKnown(document);
  const found = new Map<string, string | undefined>();

  /** Finds the name that was probably meant: once for each, since most of them come with many events. */
  const nearest = (bag: Bag, name: string): string | undefined => {
    const key = `${bag} ${name}`;
    if (found.has(key)) return found.get(key);
    const meant = findNearest(name, names[bag]);
    if (found.size < mostRemembered) found.set(key, meant);
    return meant;
  };

  const readers = collectValueReaders(document);

  const findMeant = ({ bag, name, value }: Said): string | undefined => {
    // A number is no misspelt text.
    if (bag === 'activities' || typeof value !== 'string' || readNumber(value) !== undefined)
      return undefined;
    return findNearest(value, readers[bag].get(name)?.named ?? []);
  };

  const describe = (said: Said): string | undefined => {
    const { bag, name, value } = said;
    if (bag === 'activities' || value === undefined || value === null) return undefined;
    const section = bag === 'attributes' ? document.attributes : document.questions;
    const described = section !== undefined && Object.hasOwn(section, name) ? section[name] : undefined;
    if (described !== undefined && described.kind !== 'text') return describeAllowed(described, value);
    const reader = readers[bag].get(name);
    if (reader === undefined || isValueRead(reader, value)) return undefined;
    // The nearest name is looked for last: most values are read.
    return isMistaken(reader, value) || findMeant(said) !== undefined ? describeNamed(reader) : undefined;
  };

  return (said) => {
    const known = names[said.bag];
    if (!known.has(said.name)) {
      const meant = nearest(said.bag, said.name);
      return { ...said, what: 'name', ...(meant !== undefined && { meant }) };
    }
    const allowed = describe(said);
    if (allowed === undefined) return undefined;
    const meant = findMeant(said);
    return { ...said, what: 'value', allowed, ...(meant !== undefined && { meant }) };
  };
};
