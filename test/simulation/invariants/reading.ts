import { createHash } from 'node:crypto';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { parseLead, type StoredLead } from '../../../shared/ledger/index.ts';
import type { Evidence } from './evidence.ts';
import { once } from './once.ts';

/** Everything that the table holds of one lead. */
export interface LeadItems {
  readonly leadId: string;
  readonly state: Item | undefined;
  /** By version and ordinal. */
  readonly entries: readonly Item[];
  readonly nurture: Item | undefined;
  readonly pointer: Item | undefined;
  readonly handoffs: readonly Item[];
}

export const textOf = (item: Item | undefined, name: string): string => item?.[name]?.S ?? '';
export const numberOf = (item: Item | undefined, name: string): number => Number(item?.[name]?.N);

const leadPrefix = 'LEAD#';

export const leadIdOf = (item: Item): string => textOf(item, 'pk').slice(leadPrefix.length);

export const isEntry = (item: Item): boolean => textOf(item, 'sk').startsWith('EVENT#');

const byPlace = (a: Item, b: Item): number =>
  numberOf(a, 'version') - numberOf(b, 'version') || numberOf(a, 'ordinal') - numberOf(b, 'ordinal');

const group = (leadId: string, items: readonly Item[]): LeadItems => {
  const at = (sk: string) => items.find((item) => textOf(item, 'sk') === sk);
  return {
    leadId,
    state: at('STATE'),
    entries: items.filter(isEntry).sort(byPlace),
    nurture: at('NURTURE'),
    pointer: at('HANDOFF'),
    handoffs: items.filter((item) => textOf(item, 'sk').startsWith('HANDOFF#')),
  };
};

/** What the table holds in the end, by lead. */
export const leadsIn = once(({ leads }: Evidence): ReadonlyMap<string, LeadItems> => {
  const items = Map.groupBy(
    leads.filter((item) => textOf(item, 'pk').startsWith(leadPrefix)),
    leadIdOf,
  );
  return new Map([...items].map(([leadId, ofLead]) => [leadId, group(leadId, ofLead)]));
});

export const statesIn = once((evidence: Evidence): ReadonlyMap<string, StoredLead> => {
  const states = [...leadsIn(evidence).values()].flatMap(({ state }) => (state === undefined ? [] : [state]));
  return new Map(states.map(parseLead).map((state) => [state.leadId, state]));
});

/** The lead that a lead has become by merges; itself, if by none. */
export const becomeOf = (evidence: Evidence, leadId: string): string => {
  let at = leadId;
  for (let hops = 0; hops < 100; hops++) {
    const state = statesIn(evidence).get(at);
    if (state?.status !== 'merged') return at;
    at = state.mergedInto;
  }
  throw new Error(`${leadId} is merged in a circle`);
};

/** The leads that have become this one, itself among them. */
export const aliasesOf = (evidence: Evidence, leadId: string): string[] =>
  [...leadsIn(evidence).keys()].filter((other) => becomeOf(evidence, other) === leadId);

/** What makes an event one: the lead that it names, its instant and its id. */
export const identityIn = (item: Item): string => {
  const sk = textOf(item, 'sk');
  const [eventId = '', said = leadIdOf(item)] = sk.slice(31).split(' ');
  return `${said} ${sk.slice(6, 30)} ${eventId}`;
};

/** The entry by which a merge closes the merged lead; the event has its own entry at the survivor. */
export const isSecond = (item: Item): boolean =>
  item.other !== undefined && item.standing === undefined && item.commitment === undefined;

/** Under which id a text is kept in the quarantine: by what it says, or by itself where it says nothing. */
export const quarantineIdOf = (key: string): string =>
  createHash('sha256').update(key).digest('hex').slice(0, 32);

const bodyOf = (items: readonly Item[]): string | undefined => {
  const head = items.find((item) => textOf(item, 'sk') === 'META');
  const textId = textOf(head, 'textId');
  const parts = items
    .filter((item) => textOf(item, 'sk').startsWith(`PART#${textId}#`))
    .sort((a, b) => (textOf(a, 'sk') < textOf(b, 'sk') ? -1 : 1));
  const bytes = parts.flatMap(({ body }) => (body?.B === undefined ? [] : [body.B]));
  return textId === '' || bytes.length === 0 ? undefined : Buffer.concat(bytes).toString();
};

/** The texts in a quarantine, by id; of an erased event it is undefined. */
export const textsIn = (quarantine: readonly Item[]): ReadonlyMap<string, string | undefined> => {
  const events = Map.groupBy(quarantine, (item) => textOf(item, 'pk'));
  const heads = [...events].filter(([, items]) => items.some((item) => textOf(item, 'sk') === 'META'));
  return new Map(heads.map(([id, items]) => [id, bodyOf(items)]));
};

export const quarantinedIn = once(({ quarantine }: Evidence) => textsIn(quarantine));
