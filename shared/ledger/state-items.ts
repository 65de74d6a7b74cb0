import type { Stage, Status, Tier } from '../../events/index.ts';
import {
  B,
  base64,
  bytes,
  canonical,
  type Item,
  json,
  N,
  number,
  packed,
  S,
  text,
  truth,
  unpacked,
} from '../dynamodb/index.ts';
import { buildDueKey, buildTierKey, parseLeadKey, stateKey } from '../keys/index.ts';
import { type Due, isClosed, type Lead, type LeadState, type Shadowed } from '../lead/index.ts';

/** A lead as it is stored, with the hash of its last entry, in base64. */
export type StoredLead = Lead & Due & Shadowed & { readonly head: string };

const closedItem = (lead: Exclude<Lead, LeadState>): Item => ({
  status: S(lead.status),
  ...(lead.status === 'merged' && { mergedInto: S(lead.mergedInto) }),
});

const openItem = (state: LeadState): Item => {
  const { leadId, facts, stage, status, tier, score, coverage } = state;
  return {
    stage: S(stage),
    status: S(status),
    tier: S(tier),
    score: N(score),
    coverage: N(coverage),
    dimensions: S(JSON.stringify(state.dimensions)),
    model: S(state.modelVersion),
    action: S(JSON.stringify(state.action)),
    facts: S(canonical(facts)),
    ...(state.lane !== undefined && { lane: S(state.lane) }),
    ...(state.demoReady !== undefined && { demoReady: B(state.demoReady) }),
    ...(state.heldBack && { heldBack: B(true) }),
    ...(state.disqualification && { disqualification: S(JSON.stringify(state.disqualification)) }),
    ...(state.announced !== undefined && { announced: S(JSON.stringify(state.announced)) }),
    ...(state.announcedScore !== undefined && { announcedScore: N(state.announcedScore) }),
    ...(state.overridden !== undefined && { overridden: S(JSON.stringify(state.overridden)) }),
    ...(state.actionsWait && { actionsWait: B(true) }),
    ...(tier !== 'none' && { tierKey: S(buildTierKey(tier, leadId)) }),
  };
};

/**
 * Returns the attributes that put an item into the index by due time; none if nothing is due.
 *
 * @param now the clock of the writer, in milliseconds since 1970
 */
export const dueAttributes = (pk: string, { dueAt, dueKey }: Due, now: number): Item =>
  dueAt === undefined
    ? {}
    : { dueAt: S(new Date(dueAt).toISOString()), dueKey: S(dueKey ?? buildDueKey(pk, dueAt, now)) };

/** The bytes of the attributes by which a state is due. The form of a state doesn't depend on whether it is due. */
const dueBytes = 50;

/**
 * Returns a lead as it is stored. Values that people and queries need are attributes of their own. The facts are one
 * canonical text, since they are only read as a whole, packed if that saves write units. `tierKey` puts a lead into the
 * index by tier while its tier is above none.
 *
 * @param head the hash of the last entry, in base64; without it, the item is for comparing only
 */
export const stateItem = (lead: Lead, head = ''): Item => {
  const { pk, sk } = stateKey(lead.leadId);
  const key: Item = {
    pk: S(pk),
    sk: S(sk),
    version: N(lead.version),
    ...(head !== '' && { head: bytes(head) }),
  };
  if (isClosed(lead)) return { ...key, ...closedItem(lead) };
  return packed({ ...key, ...openItem(lead) }, 'facts', dueBytes);
};

const parseOpen = (item: Item): Omit<LeadState, 'leadId' | 'version'> => ({
  facts: unpacked(item, 'facts'),
  stage: text(item, 'stage') as Stage,
  status: text(item, 'status') as Status,
  tier: text(item, 'tier') as Tier,
  score: number(item, 'score'),
  coverage: number(item, 'coverage'),
  dimensions: json(item, 'dimensions'),
  modelVersion: text(item, 'model'),
  action: json(item, 'action'),
  ...(item.lane !== undefined && { lane: text(item, 'lane') }),
  ...(item.demoReady !== undefined && { demoReady: truth(item, 'demoReady') }),
  ...(item.heldBack !== undefined && { heldBack: true }),
  ...(item.disqualification !== undefined && { disqualification: json(item, 'disqualification') }),
  ...(item.announced !== undefined && { announced: json(item, 'announced') }),
  ...(item.overridden !== undefined && { overridden: json(item, 'overridden') }),
  ...(item.actionsWait !== undefined && { actionsWait: true }),
  ...(item.announcedScore !== undefined && { announcedScore: number(item, 'announcedScore') }),
});

/** Returns the attribute with the standing by the shadow model; none if there is no such model. */
export const shadowAttribute = ({ shadow }: Shadowed): Item =>
  shadow === undefined ? {} : { shadow: S(JSON.stringify(shadow)) };

const parseShadow = (item: Item): Shadowed =>
  item.shadow === undefined ? {} : { shadow: json(item, 'shadow') };

const parseDue = (item: Item): Due =>
  item.dueAt === undefined ? {} : { dueAt: Date.parse(text(item, 'dueAt')), dueKey: text(item, 'dueKey') };

/** Parses a stored lead. @throws UnreadableItemError */
export const parseLead = (item: Item): StoredLead => {
  const common = {
    leadId: parseLeadKey(text(item, 'pk')),
    version: number(item, 'version'),
    head: base64(item, 'head'),
  };
  switch (text(item, 'status')) {
    case 'merged':
      return { ...common, status: 'merged', mergedInto: text(item, 'mergedInto') };
    case 'erased':
      return { ...common, status: 'erased' };
    default:
      return { ...common, ...parseOpen(item), ...parseDue(item), ...parseShadow(item) };
  }
};
