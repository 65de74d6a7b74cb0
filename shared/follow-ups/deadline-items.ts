import { type Item, type ItemUpdate, json, N, number, S, text } from '../dynamodb/index.ts';
import { buildDueKey, handoffKey, handoffPointerKey, parseHandoffId, parseLeadKey } from '../keys/index.ts';
import type {
  DeadlineClock,
  DeadlineMove,
  DeadlineTerm,
  Expiry,
  MissedDeadline,
  OpenHandoff,
} from './deadline.ts';

/**
 * The most moves that are stored of a lead, the latest by their instants. With more, the earliest no longer count: so
 * many activities would otherwise make the item ever larger.
 */
const mostMoves = 50;

/** Returns the attributes of a deadline's clock: those to set, and those to remove. One that stands still isn't due. */
const clockFields = (pk: string, clock: DeadlineClock, now: number): { set: Item; remove: string[] } =>
  'dueAt' in clock
    ? {
        set: { dueAt: S(clock.dueAt), dueKey: S(buildDueKey(pk, Date.parse(clock.dueAt), now)) },
        remove: ['pausedAt', 'leftMs'],
      }
    : {
        set: { pausedAt: S(clock.pausedAt), leftMs: N(clock.leftMs) },
        remove: ['dueAt', 'dueKey'],
      };

const termFields = (pk: string, { queue, hours, startedAt, clock }: DeadlineTerm, now: number) => {
  const { set, remove } = clockFields(pk, clock, now);
  return {
    set: { ...set, queue: S(queue), dueHours: N(hours), startedAt: S(startedAt) },
    remove,
  };
};

/** The deadline of a hand-off that is requested. */
export interface FirstDeadline extends DeadlineTerm {
  readonly modelVersion: string;
}

/** Returns the attributes of a hand-off's first deadline. */
export const firstDeadlineFields = (pk: string, first: FirstDeadline, now: number): Item => ({
  ...termFields(pk, first, now).set,
  deadline: N(1),
  firstQueue: S(first.queue),
  handoffModel: S(first.modelVersion),
});

/** The condition that a hand-off is open, with the same deadline as when it was read. */
const unchanged = ({ deadline, clock }: OpenHandoff) => ({
  condition: `#handoffStatus = :open AND #deadline = :was AND ${
    'dueAt' in clock ? '#dueAt = :wasDue' : 'attribute_not_exists(#dueAt) AND #leftMs = :wasLeft'
  }`,
  values: {
    open: S('open'),
    was: N(deadline),
    ...('dueAt' in clock ? { wasDue: S(clock.dueAt) } : { wasLeft: N(clock.leftMs) }),
  },
});

/** Moves the running deadline of a hand-off. Fails if the hand-off has changed since it was read. */
export const clockUpdate = (
  table: string,
  handoff: OpenHandoff,
  clock: DeadlineClock,
  now: number,
): ItemUpdate => {
  const key = handoffKey(handoff.leadId, handoff.handoffId);
  return { table, key, ...clockFields(key.pk, clock, now), ...unchanged(handoff) };
};

/**
 * Records a deadline as missed, with what follows. Without another deadline the hand-off leaves the index; it stays
 * open and late, or ends if the lead is recycled. Fails if the hand-off has changed since it was read.
 */
export const expiryUpdate = (
  table: string,
  handoff: OpenHandoff,
  { missed, next, escalatedTo, endReason }: Expiry,
  now: number,
): ItemUpdate => {
  const key = handoffKey(handoff.leadId, handoff.handoffId);
  const { set, remove } =
    next === undefined ? { set: {}, remove: ['dueKey'] } : termFields(key.pk, next, now);
  return {
    table,
    key,
    set: {
      ...set,
      missed: S(JSON.stringify([...handoff.missed, missed])),
      ...(next !== undefined && { deadline: N(handoff.deadline + 1) }),
      ...(escalatedTo !== undefined && { escalatedTo: S(escalatedTo) }),
      ...(endReason !== undefined && {
        handoffStatus: S('expired'),
        expiredAt: S(missed.dueAt),
        reason: S(endReason),
      }),
    },
    remove,
    ...unchanged(handoff),
  };
};

/** Reads the deadlines that were missed. @throws UnreadableItemError */
export const readMissed = (item: Item): readonly MissedDeadline[] =>
  item.missed === undefined ? [] : json<MissedDeadline[]>(item, 'missed');

const readClock = (item: Item): DeadlineClock =>
  item.pausedAt === undefined
    ? { dueAt: text(item, 'dueAt') }
    : { pausedAt: text(item, 'pausedAt'), leftMs: number(item, 'leftMs') };

/**
 * Reads a hand-off that is open and has a deadline to come. Returns undefined for any other, also for one that was
 * stored before deadlines were followed.
 */
export const parseOpenHandoff = (item: Item): OpenHandoff | undefined => {
  if (item.handoffStatus?.S !== 'open' || item.startedAt === undefined) return undefined;
  const missed = readMissed(item);
  const deadline = number(item, 'deadline');
  if (missed.length >= deadline) return undefined;
  return {
    leadId: parseLeadKey(text(item, 'pk')),
    handoffId: parseHandoffId(text(item, 'sk')) ?? '',
    position: text(item, 'position'),
    modelVersion: text(item, 'handoffModel'),
    firstQueue: text(item, 'firstQueue'),
    queue: text(item, 'queue'),
    hours: number(item, 'dueHours'),
    startedAt: text(item, 'startedAt'),
    deadline,
    missed,
    clock: readClock(item),
  };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Reads the moves of a lead's deadlines from the item with the last announcement that hand-offs have followed. */
export const readMoves = (pointer: Item | undefined): readonly DeadlineMove[] =>
  pointer?.deadlineMoves === undefined ? [] : json<DeadlineMove[]>(pointer, 'deadlineMoves');

/**
 * Adds a move, and leaves out those that concern only hand-offs which a later announcement has ended. Fails if the item
 * has changed since it was read, or if the lead is erased.
 */
export const moveUpdate = (
  table: string,
  leadId: string,
  move: DeadlineMove,
  pointer: Item | undefined,
): ItemUpdate => {
  const was = pointer?.deadlineMoves;
  const since = pointer?.position?.S ?? '';
  const moves = [...readMoves(pointer).filter(({ position }) => position > since), move]
    .sort((a, b) => compare(a.at, b.at) || compare(a.position, b.position))
    .slice(-mostMoves);
  return {
    table,
    key: handoffPointerKey(leadId),
    set: { deadlineMoves: S(JSON.stringify(moves)) },
    condition: `attribute_not_exists(#handoffStatus) AND ${
      was === undefined ? 'attribute_not_exists(#deadlineMoves)' : '#deadlineMoves = :was'
    }`,
    ...(was !== undefined && { values: { was } }),
  };
};
