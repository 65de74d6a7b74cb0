import type { FactValue } from '../../events/index.ts';
import {
  type ConsentFact,
  consentAttribute,
  type Dated,
  type Facts,
  normaliseValue,
  readBoolean,
} from '../scoring/index.ts';
import { pickLater } from './pick-later.ts';
import { sortedJson } from './sorted-json.ts';

type Statement = readonly [leadId: string, said: Dated<FactValue>];

const own = <T>(bag: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(bag, name) ? bag[name] : undefined;

/** Returns the instant from which two leads were one; 0 if no merge says so, so that the later statement counts. */
const findJoined = ({ joined }: ConsentFact, a: string, b: string): number => {
  const groups = new Map<string, string>();
  const groupOf = (id: string): string => {
    const next = groups.get(id);
    return next === undefined ? id : groupOf(next);
  };
  for (const [one, other, at] of joined.toSorted(([, , x], [, , y]) => x - y)) {
    if (groupOf(one) !== groupOf(other)) groups.set(groupOf(one), groupOf(other));
    if (groupOf(a) === groupOf(b)) return at;
  }
  return 0;
};

/** Returns whether a lead opted out and nobody took it back: the lead itself, or its person after the leads were one. */
const isStanding = (
  consent: ConsentFact,
  statements: readonly Statement[],
  [leadId, said]: Statement,
): boolean =>
  readBoolean(said[0]) === true &&
  !statements.some(
    ([other, [value, at]]) =>
      readBoolean(value) === false && at > said[1] && at > findJoined(consent, leadId, other),
  );

const pickLatest = (statements: readonly Statement[]): Dated<FactValue> | undefined =>
  statements.reduce<Dated<FactValue> | undefined>((latest, [, said]) => pickLater(latest, said), undefined);

/** Returns the facts with the consent of the whole person as their attribute: the stricter of what its leads said. */
export const applyConsent = (facts: Facts): Facts => {
  const { consent } = facts;
  if (consent === undefined) return facts;
  const statements = Object.entries(consent.said);
  const standing = statements.filter((statement) => isStanding(consent, statements, statement));
  const counts = pickLatest(standing.length > 0 ? standing : statements);
  return counts === undefined
    ? facts
    : { ...facts, attributes: { ...facts.attributes, [consentAttribute]: counts } };
};

/** Notes what an event of a lead says, if several leads are one, of which somebody said something before. */
export const withConsent = (
  facts: Facts,
  leadId: string,
  attributes: Readonly<Record<string, FactValue>>,
  at: number,
): Facts => {
  const { consent } = facts;
  if (consent === undefined || !Object.hasOwn(attributes, consentAttribute)) return facts;
  const latest = pickLater(own(consent.said, leadId), [
    normaliseValue(attributes[consentAttribute] ?? null),
    at,
  ]);
  return applyConsent({ ...facts, consent: { ...consent, said: { ...consent.said, [leadId]: latest } } });
};

/** Returns what is known of a lead's consent, by the lead's id, so that it can be joined with that of another. */
const nameSpeaker = ({ consent, attributes }: Facts, leadId: string): ConsentFact => {
  const said = own(attributes, consentAttribute);
  return consent ?? { said: said === undefined ? {} : { [leadId]: said }, joined: [] };
};

type Merge = ConsentFact['joined'][number];

/**
 * Prepares the facts of two leads that are merged: from now on each statement about consent is stored by its lead, and
 * the instant of the merge with them. Facts of which neither lead has said anything about it stay as they are.
 */
export const prepareConsent = (
  [survivor, merged]: readonly [Facts, Facts],
  merge: Merge,
): readonly [Facts, Facts] => {
  const [ours, theirs] = [nameSpeaker(survivor, merge[0]), nameSpeaker(merged, merge[1])];
  const isSilent = [ours, theirs].every(({ said }) => Object.keys(said).length === 0);
  if (isSilent) return [survivor, merged];
  return [
    { ...survivor, consent: { ...ours, joined: joinMerges(ours.joined, [merge]) } },
    { ...merged, consent: theirs },
  ];
};

const joinMerges = (a: readonly Merge[], b: readonly Merge[]): readonly Merge[] =>
  [...new Map([...a, ...b].map((merge) => [sortedJson(merge), merge]))]
    .toSorted(([x], [y]) => (x < y ? -1 : 1))
    .map(([, merge]) => merge);

/** Joins the consent of two leads. A lead that both know of has the later of its statements. */
export const joinConsent = (
  a: ConsentFact | undefined,
  b: ConsentFact | undefined,
): ConsentFact | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  const said = new Map(Object.entries(a.said));
  for (const [leadId, theirs] of Object.entries(b.said))
    said.set(leadId, pickLater(said.get(leadId), theirs));
  return { said: Object.fromEntries(said), joined: joinMerges(a.joined, b.joined) };
};
