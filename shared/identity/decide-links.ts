import { pairKey } from '../keys/index.ts';
import { chooseLead } from './choose-lead.ts';
import type { HashedIdentifier, HashedIdentifiers } from './hash-identifiers.ts';
import type { ResolveRequest } from './identities.ts';
import {
  findPerson,
  type Known,
  type LeadRecord,
  type Link,
  type LinkNews,
  type MergeNews,
  type PairStatus,
  recordOf,
} from './known.ts';

type Terms = Omit<ResolveRequest, 'identifiers'>;

/** A pair to store: two leads, and the types of the identifiers that they share. */
export interface NewPair {
  readonly leads: readonly [string, string];
  readonly status: PairStatus;
  readonly types: readonly string[];
}

/** The decision about the identifiers of a payload: its lead, and all that is to be stored. */
export interface LinkDecision {
  readonly leadId: string;
  /** The identifiers to link to the lead. */
  readonly links: readonly HashedIdentifier[];
  readonly news: LinkNews | undefined;
  /** The records that the decision relies on, as they are afterwards. */
  readonly records: ReadonlyMap<string, LeadRecord>;
  readonly merges: readonly MergeNews[];
  readonly pairs: readonly NewPair[];
  /** The lead that the person of an anonymous identifier was brought together with, by the hash of that. */
  readonly met: ReadonlyMap<string, string>;
}

/** Returns the name of a pair of leads, in whichever order they are given. */
const pairName = (a: string, b: string): string => pairKey(a, b).sk;

/** An identifier of the payload that belongs to another person than the payload is about. */
interface Shared extends HashedIdentifier {
  readonly link: Link;
}

/** The decision as far as it is made. Each step returns the next. */
interface Draft {
  readonly person: string;
  readonly records: ReadonlyMap<string, LeadRecord>;
  readonly merges: readonly MergeNews[];
  readonly pairs: readonly NewPair[];
  readonly met: ReadonlyMap<string, string>;
}

/** Returns the leads whom identifiers of the payload belong to, by person, without that of the payload itself. */
const findOthers = (
  { identifiers }: HashedIdentifiers,
  known: Known,
  person: string,
): ReadonlyMap<string, Shared[]> => {
  const shared = identifiers.flatMap((identifier) => {
    const link = known.links.get(identifier.hash);
    return link === undefined ? [] : [{ ...identifier, link }];
  });
  const others = Map.groupBy(shared, ({ link }) => findPerson(known, link.leadId));
  others.delete(person);
  return others;
};

/** Returns the records of the lead that identifiers are linked to, and of its person, as they are afterwards. */
const linkRecords = (
  known: Known,
  leadId: string,
  person: string,
  links: readonly HashedIdentifier[],
): ReadonlyMap<string, LeadRecord> => {
  if (links.length === 0) return new Map();
  const names = links.filter(({ anonymous }) => !anonymous);
  // A lead that has a link is older than the payload, and its record says whether anything else is known of it.
  const isNew = known.links.size === 0;
  const after = (id: string): LeadRecord => {
    const record = recordOf(known, id);
    const isNobody = isNew || record.onlyAnonymous;
    if (names.length === 0) return { ...record, onlyAnonymous: isNobody };
    const onlyId = isNobody && names.length === 1 && names[0]?.type !== 'email';
    return { ...record, onlyAnonymous: false, onlyId };
  };
  return new Map([leadId, person].map((id) => [id, after(id)]));
};

const withMerge = (
  draft: Draft,
  known: Known,
  { at, source }: Terms,
  survivor: string,
  merged: string,
): Draft => {
  const [kept, gone] = [survivor, merged].map((id) => draft.records.get(id) ?? recordOf(known, id)) as [
    LeadRecord,
    LeadRecord,
  ];
  const news = { leadId: survivor, mergedLeadId: merged, at, source };
  const records = new Map(draft.records)
    .set(survivor, {
      ...kept,
      onlyAnonymous: kept.onlyAnonymous && gone.onlyAnonymous,
      onlyId: kept.onlyId && gone.onlyAnonymous,
    })
    .set(merged, { ...gone, mergedInto: survivor, news });
  return { ...draft, person: survivor, records, merges: [...draft.merges, news] };
};

const withPair = (
  draft: Draft,
  known: Known,
  other: string,
  status: PairStatus,
  shared: readonly Shared[],
): Draft => {
  const { person } = draft;
  const records = new Map(draft.records);
  for (const id of [person, other]) if (!records.has(id)) records.set(id, recordOf(known, id));
  const types = [...new Set(shared.map(({ type }) => type))].sort();
  return { ...draft, records, pairs: [...draft.pairs, { leads: [person, other], status, types }] };
};

/**
 * Returns the anonymous identifiers by which two people may be brought together: those that have done so with nobody
 * else. A third person at one device shows that it is a shared one, which says nothing about who is who.
 */
const findMeeting = (known: Known, person: string, shared: readonly Shared[]): readonly Shared[] =>
  shared.filter(({ link }) => link.met === undefined || findPerson(known, link.met) === person);

/**
 * Two known people share an identifier: they are merged or noted as a pair, as the policy says, and once. If a single id
 * of a tool was all that named one of them, they are merged in any case: had the payload come first, they would be one.
 */
const meetKnown = (
  draft: Draft,
  known: Known,
  terms: Terms,
  other: string,
  shared: readonly Shared[],
): Draft => {
  const { person } = draft;
  const names = shared.filter(({ anonymous }) => !anonymous);
  const meeting = names.length > 0 ? names : findMeeting(known, person, shared);
  if (meeting.length === 0) return draft;
  const before = known.pairs.get(pairName(person, other));
  const [isOurs, isTheirs] = [person, other].map((id) => names.length > 0 && recordOf(known, id).onlyId);
  const isMerge = terms.whenTwoMeet === 'merge' || isOurs || isTheirs;
  if (before !== undefined && !(before === 'suggested' && isMerge)) return draft;
  const met = new Map(draft.met);
  for (const { hash, anonymous, link } of meeting)
    if (anonymous && link.met === undefined) met.set(hash, person);
  const noted = withPair({ ...draft, met }, known, other, isMerge ? 'merged' : 'suggested', meeting);
  if (!isMerge) return noted;
  const [survivor, merged] = isOurs && !isTheirs ? [other, person] : [person, other];
  return withMerge(noted, known, terms, survivor, merged);
};

const meet = (draft: Draft, known: Known, terms: Terms, other: string, shared: readonly Shared[]): Draft => {
  const { person } = draft;
  const theirs = draft.records.get(other) ?? recordOf(known, other);
  if (theirs.erased) return draft;
  const ours = draft.records.get(person) ?? recordOf(known, person);
  if (!ours.onlyAnonymous && !theirs.onlyAnonymous) return meetKnown(draft, known, terms, other, shared);
  // Somebody known survives, whoever has the strongest identifier: what is known of a person must not get lost.
  const isOtherKnown = ours.onlyAnonymous && !theirs.onlyAnonymous;
  const [survivor, merged] = isOtherKnown ? [other, person] : [person, other];
  return withMerge(withPair(draft, known, other, 'merged', shared), known, terms, survivor, merged);
};

const nothing = (leadId: string): LinkDecision => ({
  leadId,
  links: [],
  news: undefined,
  records: new Map(),
  merges: [],
  pairs: [],
  met: new Map(),
});

/**
 * Decides which lead the identifiers of a payload belong to, and what follows if they belonged to several so far. Nothing
 * is ever stored of a lead that is erased, and no link that is there is changed.
 *
 * @param known all about the identifiers, their leads, and the pairs of these
 */
export const decideLinks = (terms: Terms, hashed: HashedIdentifiers, known: Known): LinkDecision => {
  const leadId = chooseLead(hashed, known);
  const person = findPerson(known, leadId);
  const isErased = recordOf(known, leadId).erased || recordOf(known, person).erased;
  if (!terms.create || isErased) return nothing(leadId);
  const links = hashed.identifiers.filter(({ hash }) => !known.links.has(hash));
  const { at, source } = terms;
  const begun: Draft = {
    person,
    records: linkRecords(known, leadId, person, links),
    merges: [],
    pairs: [],
    met: new Map(),
  };
  const { person: _person, ...decided } = [...findOthers(hashed, known, person)].reduce(
    (draft, [other, shared]) => meet(draft, known, terms, other, shared),
    begun,
  );
  const identifiers = links.map(({ type, hash }) => ({ type, hash }));
  return {
    leadId,
    links,
    news: links.length === 0 ? undefined : { leadId, at, source, identifiers },
    ...decided,
  };
};
