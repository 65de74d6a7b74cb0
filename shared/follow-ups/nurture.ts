import { type ActionEvent, type Tier, tiers } from '../../events/index.ts';
import { type Item, type ItemUpdate, json, readOneOf, S, text } from '../dynamodb/index.ts';
import { buildDueKey, buildPositionKey, nurtureKey } from '../keys/index.ts';
import { type AskedTrack, type Nurture, noNurture, type WaitingTrack } from './nurture-track.ts';
import { causeFields } from './position.ts';
import type { TrackHistory } from './start-limits.ts';

/** The attributes that say how a lead is nurtured. */
const nurtureAttributes = [
  'track',
  'trackStartedAt',
  'waitingTrack',
  'waitingTier',
  'dueAt',
  'dueKey',
  'refusedTrack',
  'startHistory',
] as const;

/** The attributes that a reader of nurture touches, beside the keys. */
export const nurtureReads: readonly string[] = [
  'position',
  ...nurtureAttributes.filter((name) => name !== 'dueKey' && name !== 'refusedTrack'),
];

/** The history as it is stored: names with their instants, UTC, ISO 8601. */
interface StoredHistory {
  readonly tracks: readonly [track: string, starts: number, stoppedAt?: string][];
  readonly tiers: readonly [tier: Tier, beganAt: string][];
}

const formatInstant = (at: number): string => new Date(at).toISOString();

const parseHistory = (item: Item): Nurture['history'] => {
  if (item.startHistory === undefined) return noNurture.history;
  const stored = json<StoredHistory>(item, 'startHistory');
  const parsePast = (starts: number, stoppedAt: string | undefined): TrackHistory => ({
    starts,
    ...(stoppedAt !== undefined && { stoppedAt: Date.parse(stoppedAt) }),
  });
  return {
    tracks: new Map(stored.tracks.map(([track, starts, stoppedAt]) => [track, parsePast(starts, stoppedAt)])),
    tiers: new Map(stored.tiers.map(([tier, beganAt]) => [tier, Date.parse(beganAt)])),
  };
};

const parseWaiting = (item: Item): WaitingTrack | undefined =>
  item.waitingTrack === undefined
    ? undefined
    : {
        track: text(item, 'waitingTrack'),
        ...(item.waitingTier !== undefined && { tier: readOneOf(item, 'waitingTier', tiers) }),
        dueAt: Date.parse(text(item, 'dueAt')),
      };

/** Parses what is stored of the nurture of a lead; nothing if there is no item. */
export const parseNurture = (item: Item | undefined): Nurture => {
  if (item === undefined) return noNurture;
  const startedAt = item.trackStartedAt?.S;
  return {
    track: item.track?.S,
    ...(startedAt !== undefined && { startedAt: Date.parse(startedAt) }),
    waiting: parseWaiting(item),
    ...(item.refusedTrack !== undefined && { refused: text(item, 'refusedTrack') }),
    history: parseHistory(item),
  };
};

const buildHistory = ({ tracks, tiers }: Nurture['history']): Item => {
  if (tracks.size + tiers.size === 0) return {};
  const stored: StoredHistory = {
    tracks: [...tracks]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([track, { starts, stoppedAt }]) =>
        stoppedAt === undefined ? [track, starts] : [track, starts, formatInstant(stoppedAt)],
      ),
    tiers: [...tiers]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([tier, beganAt]) => [tier, formatInstant(beganAt)]),
  };
  return { startHistory: S(JSON.stringify(stored)) };
};

const buildWaiting = (pk: string, { track, tier, dueAt }: WaitingTrack, now: number): Item => ({
  waitingTrack: S(track),
  ...(tier !== undefined && { waitingTier: S(tier) }),
  dueAt: S(formatInstant(dueAt)),
  dueKey: S(buildDueKey(pk, dueAt, now)),
});

const buildNurture = (pk: string, nurture: Nurture, now: number): Item => ({
  ...(nurture.track !== undefined && { track: S(nurture.track) }),
  ...(nurture.startedAt !== undefined && { trackStartedAt: S(formatInstant(nurture.startedAt)) }),
  ...(nurture.waiting !== undefined && buildWaiting(pk, nurture.waiting, now)),
  ...(nurture.refused !== undefined && { refusedTrack: S(nurture.refused) }),
  ...buildHistory(nurture.history),
});

const absentFrom = (set: Item): string[] => nurtureAttributes.filter((name) => !Object.hasOwn(set, name));

/** Returns the track that an announcement asks for. */
export const readAsked = ({ data, metadata }: ActionEvent): AskedTrack => ({
  track: data.action.kind === 'nurture' ? data.action.track : undefined,
  tier: 'tier' in data ? data.tier : undefined,
  at: Date.parse(metadata.occurredAt),
});

/**
 * Puts a lead on the track of an announcement, or on none, unless this or a later announcement has been followed. Any
 * history goes: there are no limits that ask for it, or the lead is closed.
 */
export const trackUpdate = (table: string, event: ActionEvent): ItemUpdate => {
  const { track } = readAsked(event);
  const set = track === undefined ? {} : { track: S(track) };
  return {
    table,
    key: nurtureKey(event.data.leadId),
    set: { ...causeFields(event), ...set },
    remove: absentFrom(set),
    condition: 'attribute_not_exists(#position) OR #position < :position',
  };
};

/** Returns the condition that an item is still as it was read. Its position moves, or it no longer waits. */
const isUnchanged = (item: Item | undefined): Pick<ItemUpdate, 'condition' | 'values'> => {
  if (item === undefined) return { condition: 'attribute_not_exists(#position)' };
  const { dueAt } = item;
  return {
    condition: `#position = :wasPosition AND ${dueAt === undefined ? 'attribute_not_exists(#dueAt)' : '#dueAt = :wasDueAt'}`,
    values: { wasPosition: S(text(item, 'position')), ...(dueAt !== undefined && { wasDueAt: dueAt }) },
  };
};

/** Stores the nurture of a lead after an announcement, if the item is still as it was read. */
export const nurtureUpdate = (
  table: string,
  event: ActionEvent,
  read: Item | undefined,
  nurture: Nurture,
  now: number,
): ItemUpdate => {
  const key = nurtureKey(event.data.leadId);
  const set = buildNurture(key.pk, nurture, now);
  return {
    table,
    key,
    set: { ...causeFields(event), ...set },
    remove: absentFrom(set),
    ...isUnchanged(read),
  };
};

/** Stores the track that began at its due instant, if the item is still as it was read. The cause stays. */
export const dueUpdate = (
  table: string,
  leadId: string,
  read: Item,
  nurture: Nurture,
  now: number,
): ItemUpdate => {
  const key = nurtureKey(leadId);
  const set = buildNurture(key.pk, nurture, now);
  return { table, key, set, remove: absentFrom(set), ...isUnchanged(read) };
};

/** Returns whether this or a later announcement has been followed. */
export const isFollowed = (item: Item | undefined, { data }: ActionEvent): boolean =>
  item !== undefined && text(item, 'position') >= buildPositionKey(data);
