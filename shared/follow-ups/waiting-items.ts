import { type ActionEvent, type Tier, tiers } from '../../events/index.ts';
import { type Item, type ItemUpdate, isNew, N, number, readOneOf, S, text } from '../dynamodb/index.ts';
import {
  buildDueKey,
  handoffKey,
  handoffPointerKey,
  leadKey,
  parseHandoffId,
  parseLeadKey,
} from '../keys/index.ts';
import { type Begun, briefFields } from './brief.ts';
import type { DeadlineTerm, WaitingHandoff } from './deadline.ts';
import { firstDeadlineFields } from './deadline-items.ts';
import type { HandoffRequest } from './follow-ups.ts';
import { buildStanding, standingFields } from './handoff-standing.ts';
import { causeFields } from './position.ts';
import { findTierOpening, type StartLimits } from './start-limits.ts';

/** Returns whether a hand-off waits for the end of its tier's cooldown. */
export const isWaiting = ({ handoffStatus }: Item): boolean => handoffStatus?.S === 'waiting';

/**
 * Returns whether the hand-off of an item was ever requested. One that waits wasn't yet; nor was one that was withdrawn
 * or answered while it waited. A hand-off that was stored before deadlines were followed has no model, and no start.
 */
export const hasBegun = ({ position, handoffModel, startedAt }: Item): boolean =>
  position !== undefined && (handoffModel === undefined || startedAt !== undefined);

/**
 * Returns the first instant at which an announcement's hand-off may be requested: its own, or when the cooldown of its
 * tier is over. The cooldown counts from the last request at the tier, whatever became of that hand-off.
 *
 * @param items the lead's hand-offs
 * @returns milliseconds since 1970
 */
export const findHandoffOpening = (
  limits: Pick<StartLimits, 'tierCooldownHours'>,
  items: readonly Item[],
  { data, metadata }: ActionEvent,
): number => {
  const requested = new Map<Tier, number>();
  for (const item of items) {
    if (!hasBegun(item) || item.handoffTier === undefined) continue;
    const tier = readOneOf(item, 'handoffTier', tiers);
    const at = Date.parse(text(item, 'occurredAt'));
    requested.set(tier, Math.max(at, requested.get(tier) ?? at));
  }
  const tier = 'tier' in data ? data.tier : undefined;
  return findTierOpening(limits, requested, tier, Date.parse(metadata.occurredAt));
};

/** Stores a hand-off that is requested later, at `dueAt`, unless it was requested or answered before. */
export const waitUpdate = (
  table: string,
  event: ActionEvent,
  { handoffId, queue, hours, modelVersion }: HandoffRequest,
  dueAt: number,
  now: number,
): ItemUpdate => {
  const key = handoffKey(event.data.leadId, handoffId);
  return {
    table,
    key,
    set: {
      ...causeFields(event),
      handoffStatus: S('waiting'),
      dueAt: S(new Date(dueAt).toISOString()),
      dueKey: S(buildDueKey(key.pk, dueAt, now)),
      queue: S(queue),
      firstQueue: S(queue),
      dueHours: N(hours),
      handoffModel: S(modelVersion),
      ...buildStanding(event),
    },
    condition: isNew,
  };
};

/** Reads a hand-off that waits; undefined for any other item. */
export const parseWaiting = (item: Item): WaitingHandoff | undefined =>
  isWaiting(item)
    ? {
        leadId: parseLeadKey(text(item, 'pk')),
        handoffId: parseHandoffId(text(item, 'sk')) ?? '',
        position: text(item, 'position'),
        modelVersion: text(item, 'handoffModel'),
        queue: text(item, 'queue'),
        hours: number(item, 'dueHours'),
        dueAt: text(item, 'dueAt'),
      }
    : undefined;

/** Asserts that no later announcement was followed than the one that asked for a hand-off, nor the lead erased. */
export const stillAskedUpdate = (table: string, { leadId, position }: WaitingHandoff): ItemUpdate => ({
  table,
  key: handoffPointerKey(leadId),
  set: { position: S(position) },
  condition: '#position = :position AND attribute_not_exists(#handoffStatus)',
});

/**
 * Requests a hand-off that has waited. It occurs at its due instant, from which its first deadline counts, with the
 * standing that the lead has by then.
 */
export const beginUpdate = (
  table: string,
  { leadId, handoffId, modelVersion, dueAt }: WaitingHandoff,
  first: DeadlineTerm & Begun,
  now: number,
): ItemUpdate => {
  const key = handoffKey(leadId, handoffId);
  return {
    table,
    key,
    set: {
      handoffStatus: S('open'),
      occurredAt: S(dueAt),
      ...firstDeadlineFields(key.pk, { ...first, modelVersion }, now),
      ...briefFields(first),
      ...(first.standing !== undefined && standingFields(first.standing)),
    },
    values: { waiting: S('waiting') },
    condition: '#handoffStatus = :waiting',
  };
};

/** Withdraws a hand-off that waits: the policy no longer asks for it. Nobody has heard of it. */
export const dropUpdate = (table: string, event: ActionEvent, sk: string): ItemUpdate => ({
  table,
  key: { pk: leadKey(event.data.leadId), sk },
  set: { handoffStatus: S('withdrawn'), withdrawnAt: S(event.metadata.occurredAt) },
  remove: ['dueKey', 'dueAt'],
  values: { waiting: S('waiting') },
  condition: '#handoffStatus = :waiting',
});
