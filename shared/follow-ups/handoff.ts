import type { Item } from '../dynamodb/index.ts';
import { isUnnamedVerdictId, parseHandoffId, parseLeadKey } from '../keys/index.ts';
import { type HandoffBrief, readBrief } from './brief.ts';
import type { MissedDeadline } from './deadline.ts';
import { readMissed } from './deadline-items.ts';
import { hasBegun, isWaiting } from './waiting-items.ts';

/** A hand-off as stored. Erased ones have lost what is personal, and one that was requested elsewhere has only a verdict. */
export interface Handoff {
  readonly handoffId: string;
  readonly leadId: string;
  /** `open`, `waiting` if it isn't requested yet, or how it ended, such as `accepted`, `rejected`, `withdrawn` or `erased`. */
  readonly status: string;
  /** The queue that has it, and the one that it was given to at first. */
  readonly queue?: string;
  readonly firstQueue?: string;
  /** Instants are UTC, ISO 8601. */
  readonly requestedAt?: string;
  /** The instant at which it is requested, if it waits. */
  readonly waitsUntil?: string;
  /** The deadline; none while it stands still. */
  readonly dueAt?: string;
  /** The number of the deadline, from 1, and the model whose policy has it. */
  readonly deadline?: number;
  readonly modelVersion?: string;
  /** The deadlines that passed while nobody had answered, in order; left out if there are none. */
  readonly missed?: readonly MissedDeadline[];
  /** The instant since which the deadline stands still. */
  readonly pausedAt?: string;
  readonly escalatedTo?: string;
  /** The deadline after which the lead was recycled. */
  readonly expiredAt?: string;
  /** The lead's standing when it was handed off. */
  readonly stage?: string;
  readonly tier?: string;
  readonly score?: number;
  /** The reasons that weighed most then, and the question that was worth asking next; left out if not known. */
  readonly reasons?: HandoffBrief['reasons'];
  readonly question?: HandoffBrief['question'];
  readonly answeredAt?: string;
  /** The verdict, and the id under which it was given, if the lead was handed off elsewhere. */
  readonly verdict?: string;
  readonly answeredAs?: string;
  readonly actor?: string;
  readonly reason?: string;
  readonly withdrawnAt?: string;
  readonly erasedAt?: string;
}

/** The attributes of the stored item for each field that is a text. */
const texts = {
  queue: 'queue',
  firstQueue: 'firstQueue',
  requestedAt: 'occurredAt',
  dueAt: 'dueAt',
  modelVersion: 'handoffModel',
  pausedAt: 'pausedAt',
  escalatedTo: 'escalatedTo',
  expiredAt: 'expiredAt',
  stage: 'handoffStage',
  tier: 'handoffTier',
  answeredAt: 'answeredAt',
  verdict: 'verdict',
  actor: 'actor',
  reason: 'reason',
  withdrawnAt: 'withdrawnAt',
  erasedAt: 'erasedAt',
} as const satisfies Partial<Record<keyof Handoff, string>>;

/** Parses the item of a hand-off; undefined for any other item, such as a verdict that names no hand-off. */
export const parseHandoff = (item: Item): Handoff | undefined => {
  const handoffId = parseHandoffId(item.sk?.S ?? '');
  if (handoffId === undefined || isUnnamedVerdictId(handoffId)) return undefined;
  const stated = Object.entries(texts).flatMap(([field, attribute]) => {
    const value = item[attribute]?.S;
    return value === undefined ? [] : [[field, value] as const];
  });
  const answeredAs = item.answeredAs?.S;
  const missed = readMissed(item);
  const { reasons, question } = readBrief(item) ?? {};
  // The due instant of one that wasn't requested is no deadline.
  const { dueAt, ...rest } = Object.fromEntries(stated) as Partial<Handoff>;
  return {
    handoffId,
    leadId: parseLeadKey(item.pk?.S ?? ''),
    status: item.handoffStatus?.S ?? 'unknown',
    ...rest,
    ...(dueAt !== undefined && (item.position === undefined || hasBegun(item)) && { dueAt }),
    ...(dueAt !== undefined && isWaiting(item) && { waitsUntil: dueAt }),
    ...(item.deadline?.N !== undefined && { deadline: Number(item.deadline.N) }),
    ...(missed.length > 0 && { missed }),
    ...(answeredAs !== undefined && !isUnnamedVerdictId(answeredAs) && { answeredAs }),
    ...(item.handoffScore?.N !== undefined && { score: Number(item.handoffScore.N) }),
    ...(reasons !== undefined && { reasons }),
    ...(question !== undefined && { question }),
  };
};
