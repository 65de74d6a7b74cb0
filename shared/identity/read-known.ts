import { getItems, type Item, text } from '../dynamodb/index.ts';
import { identifierKey, identityRecordKey, pairKey, parseLeadKey, stateKey } from '../keys/index.ts';
import type { HashedIdentifiers } from './hash-identifiers.ts';
import type { IdentitiesProps } from './identities-props.ts';
import { parseLink, parsePairStatus, parseRecord } from './items.ts';
import { findPerson, type Known, type LeadRecord, type Link, type PairStatus } from './known.ts';

type Props = Pick<IdentitiesProps, 'client' | 'table' | 'leadsTable' | 'wait'>;

const identifierPrefixLength = identifierKey('').pk.length;

const readLinks = async (
  props: Props,
  { identifiers }: HashedIdentifiers,
): Promise<ReadonlyMap<string, Link>> => {
  const items = await getItems(
    props,
    identifiers.map(({ hash }) => identifierKey(hash)),
  );
  return new Map(items.map((item) => [text(item, 'pk').slice(identifierPrefixLength), parseLink(item)]));
};

const byLead = (items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [parseLeadKey(text(item, 'pk')), item]));

/** Returns the record of a lead with what its state says beside: it may have been merged or erased by any door. */
const joinState = (record: Item | undefined, state: Item | undefined): LeadRecord | undefined => {
  if (record === undefined && state === undefined) return undefined;
  const stored = parseRecord(record ?? {});
  const mergedInto = stored.mergedInto ?? state?.mergedInto?.S;
  return {
    ...stored,
    erased: stored.erased || state?.status?.S === 'erased',
    ...(mergedInto !== undefined && { mergedInto }),
  };
};

/** Reads the records of leads, and of the leads that they were merged into. */
export const readRecords = async (
  { leadsTable, ...props }: Props,
  leadIds: Iterable<string>,
): Promise<ReadonlyMap<string, LeadRecord>> => {
  const records = new Map<string, LeadRecord>();
  const passed = new Set<string>();
  for (let ids = [...new Set(leadIds)]; ids.length > 0; ) {
    for (const id of ids) passed.add(id);
    const [stored, states] = await Promise.all([
      getItems(props, ids.map(identityRecordKey)).then(byLead),
      getItems({ ...props, table: leadsTable }, ids.map(stateKey), ['pk', 'status', 'mergedInto']).then(
        byLead,
      ),
    ]);
    for (const id of ids) {
      const record = joinState(stored.get(id), states.get(id));
      if (record !== undefined) records.set(id, record);
    }
    const next = ids.map((id) => records.get(id)?.mergedInto).filter((id) => id !== undefined);
    ids = [...new Set(next)].filter((id) => !passed.has(id));
  }
  return records;
};

/** Reads the statuses of all pairs of some people. */
const readPairs = async (
  props: Props,
  people: readonly string[],
): Promise<ReadonlyMap<string, PairStatus>> => {
  const keys = people.flatMap((a, i) => people.slice(i + 1).map((b) => pairKey(a, b)));
  const items = await getItems(props, keys);
  return new Map(items.map((item) => [text(item, 'sk'), parsePairStatus(item)]));
};

/** Returns the lead that all identifiers are linked to: the links alone say then who the payload is about. */
const findSettled = (
  { identifiers }: HashedIdentifiers,
  links: ReadonlyMap<string, Link>,
): string | undefined => {
  const [leadId, ...others] = new Set([...links.values()].map((link) => link.leadId));
  return links.size === identifiers.length && others.length === 0 ? leadId : undefined;
};

/** Reads the record of a lead as it is stored, which has the news of its merge until the bus took them. */
const readStored = async (props: Props, leadId: string): Promise<ReadonlyMap<string, LeadRecord>> => {
  const items = await getItems(props, [identityRecordKey(leadId)]);
  return new Map(items.map((item) => [leadId, parseRecord(item)]));
};

/** Returns the leads that may matter: those of the links, and the new one if no link names a person. */
const listLeads = (
  { identifiers, newLeadId }: HashedIdentifiers,
  links: ReadonlyMap<string, Link>,
): readonly string[] => {
  const isNamed = identifiers.some(({ hash, anonymous }) => !anonymous && links.has(hash));
  const linked = [...links.values()].flatMap(({ leadId, met }) =>
    met === undefined ? [leadId] : [leadId, met],
  );
  return [...new Set(isNamed ? linked : [...linked, newLeadId])];
};

/**
 * Reads all that is known about the identifiers of a payload, consistently. Identifiers that are all linked to one lead
 * cost two requests: their links, and the record of the lead.
 */
export const readKnown = async (props: Props, hashed: HashedIdentifiers): Promise<Known> => {
  const links = await readLinks(props, hashed);
  const settled = findSettled(hashed, links);
  if (settled !== undefined) return { links, records: await readStored(props, settled), pairs: new Map() };
  const leadIds = listLeads(hashed, links);
  const records = await readRecords(props, leadIds);
  const people = new Set(leadIds.map((leadId) => findPerson({ records }, leadId)));
  return { links, records, pairs: await readPairs(props, [...people]) };
};
