import { sluiceSource } from '../../events/index.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { dueIndex } from '../../shared/keys/index.ts';
import { isClosed, type LeadState } from '../../shared/lead/index.ts';
import { parseLead, type StoredLead } from '../../shared/ledger/index.ts';
import type { Evidence } from './evidence.ts';
import { memoize } from './memoize.ts';

/** The items of one lead. */
export interface LeadItems {
  readonly leadId: string;
  readonly state: Item | undefined;
  /** Sorted by version and ordinal. */
  readonly entries: readonly Item[];
  readonly nurture: Item | undefined;
  readonly handoffs: readonly Item[];
}

export const textOf = (item: Item | undefined, name: string): string => item?.[name]?.S ?? '';
export const numberOf = (item: Item | undefined, name: string): number => Number(item?.[name]?.N);

const leadPrefix = 'LEAD#';

export const parseLeadId = (item: Item): string => textOf(item, 'pk').slice(leadPrefix.length);

export const isEntry = (item: Item): boolean => textOf(item, 'sk').startsWith('EVENT#');

/** Whether an entry is of time that was advanced. Nobody sends such an event: I14 says which there must be. */
export const isOfClock = (item: Item): boolean =>
  textOf(item, 'type') === 'LeadClockAdvanced' && textOf(item, 'source') === sluiceSource;

/**
 * Whether an entry is of a rescoring. `score-leads` also makes one itself before time changes a lead that another model has
 * judged.
 */
export const isOfRescoring = (item: Item): boolean =>
  textOf(item, 'type') === 'LeadRescoreRequested' && textOf(item, 'source') === 'sluice.rescore';

/**
 * The attributes of a state that are no part of the fold of its ledger: those that put it into the index by due time, and
 * how the lead stands by the shadow model.
 */
export const unfoldedNames: ReadonlySet<string> = new Set([
  dueIndex.partitionKey,
  dueIndex.sortKey,
  'shadow',
]);

const byPosition = (a: Item, b: Item): number =>
  numberOf(a, 'version') - numberOf(b, 'version') || numberOf(a, 'ordinal') - numberOf(b, 'ordinal');

const group = (leadId: string, items: readonly Item[]): LeadItems => {
  const at = (sk: string) => items.find((item) => textOf(item, 'sk') === sk);
  return {
    leadId,
    state: at('STATE'),
    entries: items.filter(isEntry).sort(byPosition),
    nurture: at('NURTURE'),
    handoffs: items.filter((item) => textOf(item, 'sk').startsWith('HANDOFF#')),
  };
};

/** Returns the items of each lead at the end. */
export const groupLeads = memoize(({ leads }: Evidence): ReadonlyMap<string, LeadItems> => {
  const items = Map.groupBy(
    leads.filter((item) => textOf(item, 'pk').startsWith(leadPrefix)),
    parseLeadId,
  );
  return new Map([...items].map(([leadId, ofLead]) => [leadId, group(leadId, ofLead)]));
});

export const parseStates = memoize((evidence: Evidence): ReadonlyMap<string, StoredLead> => {
  const states = [...groupLeads(evidence).values()].flatMap(({ state }) =>
    state === undefined ? [] : [state],
  );
  return new Map(states.map(parseLead).map((state) => [state.leadId, state]));
});

/** Returns the states of the leads that are neither merged nor erased. */
export const listOpenLeads = (evidence: Evidence): LeadState[] =>
  [...parseStates(evidence).values()].filter((state) => !isClosed(state));

/** Returns the lead that a lead was merged into in the end, or itself if it was not merged. */
export const findSurvivor = (evidence: Evidence, leadId: string): string => {
  const seen = new Set<string>();
  for (let at = leadId; !seen.has(at); ) {
    seen.add(at);
    const state = parseStates(evidence).get(at);
    if (state?.status !== 'merged') return at;
    at = state.mergedInto;
  }
  throw new Error(`${leadId} is merged in a circle`);
};

const leadsBySurvivor = memoize((evidence) =>
  Map.groupBy(groupLeads(evidence).keys(), (leadId) => findSurvivor(evidence, leadId)),
);

/** Returns the leads that were merged into this one, itself among them. */
export const findAliases = (evidence: Evidence, leadId: string): readonly string[] =>
  leadsBySurvivor(evidence).get(leadId) ?? [];

/** Returns the identity of an entry's event: the lead that it names, its instant and its id. */
export const parseItemIdentity = (item: Item): string => {
  const sk = textOf(item, 'sk');
  const [eventId = '', named = parseLeadId(item)] = sk.slice(31).split(' ');
  return `${named} ${sk.slice(6, 30)} ${eventId}`;
};

/** Whether an entry closes a merged lead; the event has another entry at the survivor. */
const isSecond = (item: Item): boolean =>
  item.other !== undefined && item.standing === undefined && item.commitment === undefined;

/** Returns the entries of all leads by the identity of their event, without the second entries of merges. */
export const entriesByIdentity = memoize((evidence): ReadonlyMap<string, readonly Item[]> => {
  const entries = [...groupLeads(evidence).values()].flatMap((lead) => lead.entries);
  return Map.groupBy(
    entries.filter((item) => !isSecond(item)),
    parseItemIdentity,
  );
});

const joinBody = (items: readonly Item[]): string | undefined => {
  const head = items.find((item) => textOf(item, 'sk') === 'META');
  const textId = textOf(head, 'textId');
  const parts = items
    .filter((item) => textOf(item, 'sk').startsWith(`PART#${textId}#`))
    .sort((a, b) => (textOf(a, 'sk') < textOf(b, 'sk') ? -1 : 1));
  const bytes = parts.flatMap(({ body }) => (body?.B === undefined ? [] : [body.B]));
  return textId === '' || bytes.length === 0 ? undefined : Buffer.concat(bytes).toString();
};

/** Returns the texts in a quarantine by id; the text of an erased event is undefined. */
export const joinTexts = (quarantine: readonly Item[]): ReadonlyMap<string, string | undefined> => {
  const events = Map.groupBy(quarantine, (item) => textOf(item, 'pk'));
  const heads = [...events].filter(([, items]) => items.some((item) => textOf(item, 'sk') === 'META'));
  return new Map(heads.map(([id, items]) => [id, joinBody(items)]));
};

export const joinQuarantined = memoize(({ quarantine }: Evidence) => joinTexts(quarantine));
