import type { Item } from '../dynamodb/index.ts';
import { isUnnamedVerdictId, parseHandoffId, parseLeadKey } from '../keys/index.ts';

/** A hand-off as stored. Erased ones have lost what is personal, and one that was requested elsewhere has only a verdict. */
export interface Handoff {
  readonly handoffId: string;
  readonly leadId: string;
  /** `open`, or how it ended, such as `accepted`, `rejected`, `withdrawn` or `erased`. */
  readonly status: string;
  readonly queue?: string;
  /** Instants are UTC, ISO 8601. */
  readonly requestedAt?: string;
  readonly dueAt?: string;
  /** The lead's standing when it was handed off. */
  readonly stage?: string;
  readonly tier?: string;
  readonly score?: number;
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
  requestedAt: 'occurredAt',
  dueAt: 'dueAt',
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
  return {
    handoffId,
    leadId: parseLeadKey(item.pk?.S ?? ''),
    status: item.handoffStatus?.S ?? 'unknown',
    ...(Object.fromEntries(stated) as Partial<Handoff>),
    ...(answeredAs !== undefined && !isUnnamedVerdictId(answeredAs) && { answeredAs }),
    ...(item.handoffScore?.N !== undefined && { score: Number(item.handoffScore.N) }),
  };
};
