import canonicalize from 'canonicalize';
import type { Stage, Tier } from '../../events/index.ts';
import type { Status } from '../funnel/index.ts';
import type { Change, Commit, DecidedEvent, LeadState, SignalEvent, Standing } from '../lead/index.ts';
import { B, type Item, json, N, number, S, text, truth } from './attributes.ts';
import { entrySortKey, leadIdOf, leadKey, stateKey, tierKeyOf } from './keys.ts';
import { packChange, packed, type StoredChange, unpackChange, unpacked } from './packed.ts';

/** RFC 8785: the same value always is the same text, so that content can be compared and hashed as stored. */
export const canonical = (value: unknown): string => {
  const json = canonicalize(value);
  if (json === undefined) throw new TypeError(`${typeof value} has no JSON`);
  return json;
};

/** The part of a standing that a ledger entry keeps; the dimensions stand in the state. */
export type EntryStanding = Omit<Standing, 'dimensions' | 'disqualification'>;

/** One accepted event of a lead, with what it decided. */
export interface LedgerEntry {
  readonly leadId: string;
  readonly sk: string;
  /** The commit that wrote it, and its place in that commit. */
  readonly version: number;
  readonly ordinal: number;
  readonly event: SignalEvent;
  readonly standing: EntryStanding;
  readonly actionChanged: boolean;
  readonly changes: readonly Change[];
}

/** What makes two deliveries the same event. */
export interface EntryContent {
  readonly type: string;
  readonly source: string;
  readonly detail: string;
}

/** Works something out once for each object that it is asked of; an object that is forgotten takes it along. */
const once = <Of extends object, Value>(workOut: (of: Of) => Value): ((of: Of) => Value) => {
  const known = new WeakMap<Of, Value>();
  return (of) => {
    const found = known.get(of);
    if (found !== undefined) return found;
    const value = workOut(of);
    known.set(of, value);
    return value;
  };
};

/** An event's content in its canonical form; worked out once, since it is compared, measured and stored. */
export const contentOf = once<SignalEvent, EntryContent>(({ type, source, metadata, data }) => ({
  type,
  source,
  detail: canonical({ metadata, data }),
}));

export const storedContent = (item: Item): EntryContent => ({
  type: text(item, 'type'),
  source: text(item, 'source'),
  detail: text(item, 'detail'),
});

export const sameContent = (a: EntryContent, b: EntryContent): boolean =>
  a.type === b.type && a.source === b.source && a.detail === b.detail;

const entryItem = (
  leadId: string,
  version: number,
  ordinal: number,
  { event, decided }: DecidedEvent,
): Item => {
  const { type, source, detail } = contentOf(event);
  const { dimensions: _dimensions, disqualification: _disqualification, ...standing } = decided.standing;
  return {
    pk: S(leadKey(leadId)),
    sk: S(entrySortKey(event)),
    version: N(version),
    ordinal: N(ordinal),
    type: S(type),
    source: S(source),
    detail: S(detail),
    standing: S(JSON.stringify(standing)),
    ...(decided.changes.length > 0 && {
      changes: S(
        JSON.stringify({ actionChanged: decided.actionChanged, list: decided.changes.map(packChange) }),
      ),
    }),
  };
};

export const parseEntry = (item: Item): LedgerEntry => {
  const announced =
    item.changes === undefined
      ? { actionChanged: false, list: [] }
      : json<{ actionChanged: boolean; list: StoredChange[] }>(item, 'changes');
  const { type, source, detail } = storedContent(item);
  return {
    leadId: leadIdOf(text(item, 'pk')),
    sk: text(item, 'sk'),
    version: number(item, 'version'),
    ordinal: number(item, 'ordinal'),
    event: { type, source, ...(JSON.parse(detail) as object) } as SignalEvent,
    standing: json(item, 'standing'),
    actionChanged: announced.actionChanged,
    changes: announced.list.map(unpackChange),
  };
};

/**
 * The state as stored. What people and queries ask for are attributes of their own; facts are one canonical text,
 * since they are only ever read whole, packed where that saves write units. `tierKey` puts a lead into the index by tier, and only while it has one.
 */
export const stateItem = (state: LeadState): Item => {
  const { leadId, version, facts, stage, status, tier, score, coverage } = state;
  const { pk, sk } = stateKey(leadId);
  const item: Item = {
    pk: S(pk),
    sk: S(sk),
    version: N(version),
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
    ...(tier !== 'none' && { tierKey: S(tierKeyOf(tier, leadId)) }),
  };
  return packed(item, 'facts');
};

/** The items of a commit. */
export interface CommitItems {
  readonly state: Item;
  /** In the order of the commit. */
  readonly entries: readonly Item[];
}

/** What a commit writes; worked out once, since it is measured before it is stored. */
export const itemsOf = once<Commit, CommitItems>(({ leadId, state, entries }) => ({
  state: stateItem(state),
  entries: entries.map((entry, ordinal) => entryItem(leadId, state.version, ordinal, entry)),
}));

export const parseState = (item: Item): LeadState => ({
  leadId: leadIdOf(text(item, 'pk')),
  version: number(item, 'version'),
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
});
