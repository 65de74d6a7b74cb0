import { type BusEvent, correlationIdOf, type OutboundType, stages, tiers } from '../../events/index.ts';
import { parseCheck } from '../../shared/drift-checks/index.ts';
import { type Item, number, readOneOf, text } from '../../shared/dynamodb/index.ts';
import { readBrief, readMissed, readPosition } from '../../shared/follow-ups/index.ts';
import {
  activatingActs,
  isDriftKey,
  isEntrySortKey,
  isModelHistoryKey,
  isNurtureSortKey,
  parseHandoffId,
  parseLeadKey,
} from '../../shared/keys/index.ts';
import { parseEntry } from '../../shared/ledger/index.ts';
import { parseHistoryItem } from '../../shared/model-store/index.ts';
import { announce, type Cause } from './announce.ts';

/**
 * Returns the announcements of a ledger entry: each change with the lead's standing, or that the lead is closed. Changes
 * that history has caused aren't announced.
 */
const entryAnnouncements = (item: Item): BusEvent<OutboundType>[] => {
  const entry = parseEntry(item);
  if (entry.kind === 'erased') return [];
  const { leadId, sk, version, ordinal } = entry;
  const { metadata } = entry.event;
  const cause: Cause = {
    parts: [leadId, sk],
    occurredAt: metadata.occurredAt,
    correlationId: correlationIdOf(metadata),
    causationId: metadata.eventId,
  };
  const position = { leadId, version, ordinal };
  switch (entry.kind) {
    case 'decided': {
      const { standing, actionChanged, changes, silent } = entry;
      if (silent) return [];
      return changes.map((change) => announce({ ...position, ...standing, actionChanged, ...change }, cause));
    }
    case 'closing':
      return [
        announce({ ...position, action: { kind: 'none' }, actionChanged: true, ...entry.change }, cause),
      ];
    default:
      return entry satisfies never;
  }
};

/**
 * Returns the cause of a follow-up: the announcement that it follows, so that its correlation can be traced through it.
 */
const readCause = (item: Item, leadId: string, parts: readonly string[]): Cause => ({
  parts: [leadId, text(item, 'sk'), text(item, 'position'), ...parts],
  occurredAt: text(item, 'occurredAt'),
  correlationId: text(item, 'correlationId'),
  causationId: text(item, 'causationId'),
});

/**
 * Returns the cause of a track's start. A track that had to wait began at its due instant, which is part of the ids: so
 * each start by one announcement has an id of its own.
 */
const readStartCause = (item: Item, leadId: string, track: string): Cause => {
  const cause = readCause(item, leadId, [track]);
  const startedAt = item.trackStartedAt?.S ?? cause.occurredAt;
  return startedAt === cause.occurredAt
    ? cause
    : { ...cause, parts: [...cause.parts, startedAt], occurredAt: startedAt };
};

/** Returns the announcements of a change of a lead's track. One that waits for its time isn't announced. */
const nurtureAnnouncements = (item: Item, before: Item | undefined): BusEvent<OutboundType>[] => {
  const leadId = parseLeadKey(text(item, 'pk'));
  const from = before?.track?.S;
  const to = item.track?.S;
  if (from === to) return [];
  const position = { leadId, ...readPosition(item) };
  const announced: BusEvent<OutboundType>[] = [];
  if (from !== undefined) {
    const cause = readCause(item, leadId, [from]);
    announced.push(announce({ type: 'NurtureStopped', ...position, track: from, replacedBy: to }, cause));
  }
  if (to !== undefined) {
    const cause = readStartCause(item, leadId, to);
    announced.push(announce({ type: 'NurtureStarted', ...position, track: to }, cause));
  }
  return announced;
};

/** Returns the announcement of a deadline that the write has recorded as missed: the last one. */
const expiryAnnouncements = (item: Item, before: Item, handoffId: string): BusEvent<OutboundType>[] => {
  const missed = readMissed(item);
  const last = missed.at(-1);
  if (last === undefined || missed.length <= readMissed(before).length) return [];
  const { queue, dueAt, followedBy } = last;
  const isPassed = followedBy === 'pass';
  const leadId = parseLeadKey(text(item, 'pk'));
  return [
    announce(
      {
        type: 'HandoffExpired',
        leadId,
        ...readPosition(item),
        handoffId,
        queue,
        dueAt,
        deadline: missed.length,
        followedBy,
        nextQueue: isPassed ? text(item, 'queue') : undefined,
        // A deadline that stands still from the beginning has no instant yet.
        nextDueAt: isPassed || followedBy === 'remind' ? item.dueAt?.S : undefined,
        escalatedTo: followedBy === 'escalate' ? text(item, 'escalatedTo') : undefined,
        tier: readOneOf(item, 'handoffTier', tiers),
      },
      { ...readCause(item, leadId, [String(missed.length)]), occurredAt: dueAt },
    ),
  ];
};

/**
 * Returns the announcement of a hand-off that begins, at once or after it has waited, or that misses a deadline. Verdicts
 * are not announced: they are events of sales themselves.
 */
const handoffAnnouncements = (
  item: Item,
  before: Item | undefined,
  handoffId: string,
): BusEvent<OutboundType>[] => {
  const hasBegun = before === undefined || before.handoffStatus?.S === 'waiting';
  if (!hasBegun) return expiryAnnouncements(item, before, handoffId);
  if (item.handoffStatus?.S !== 'open') return [];
  const leadId = parseLeadKey(text(item, 'pk'));
  const { reasons, question, attributes } = readBrief(item) ?? {};
  return [
    announce(
      {
        type: 'HandoffRequested',
        leadId,
        ...readPosition(item),
        handoffId,
        queue: text(item, 'queue'),
        dueAt: text(item, 'dueAt'),
        stage: readOneOf(item, 'handoffStage', stages),
        tier: readOneOf(item, 'handoffTier', tiers),
        score: number(item, 'handoffScore'),
        reasons: reasons && [...reasons],
        question,
        attributes,
      },
      readCause(item, leadId, []),
    ),
  ];
};

/** Returns the announcement of an entry of the history by which a model became the active one. */
const activationAnnouncements = (item: Item): BusEvent<OutboundType>[] => {
  const { act, modelVersion, previousModelVersion, by: actor, reason, actions, at } = parseHistoryItem(item);
  if (!activatingActs.some((activating) => activating === act)) return [];
  const cause = { parts: [text(item, 'pk'), text(item, 'sk')], occurredAt: at };
  const activated = { modelVersion, previousModelVersion, actor, reason, actions };
  return [announce({ type: 'ScoringModelActivated', ...activated }, cause)];
};

/** The most findings of an announcement, those farthest above their limits. */
const mostFindings = 20;

/** Returns the announcement of a check that has found that the active model has drifted. */
const driftAnnouncements = (item: Item): BusEvent<OutboundType>[] => {
  const { at, modelVersion, comparison } = parseCheck(item);
  const { findings, remedy } = comparison;
  if (remedy === undefined) return [];
  const cause = { parts: [text(item, 'pk'), text(item, 'sk')], occurredAt: at };
  const drifted = { modelVersion, checkedAt: at, findings: findings.slice(0, mostFindings), remedy };
  return [announce({ type: 'ScoringModelDrifted', ...drifted }, cause)];
};

/** Returns the announcements of a write to the leads table. */
export const leadAnnouncements = (item: Item, before: Item | undefined): BusEvent<OutboundType>[] => {
  const sk = text(item, 'sk');
  if (isDriftKey({ pk: text(item, 'pk'), sk })) return driftAnnouncements(item);
  if (isModelHistoryKey({ pk: text(item, 'pk'), sk })) return activationAnnouncements(item);
  if (isEntrySortKey(sk)) return entryAnnouncements(item);
  if (isNurtureSortKey(sk)) return nurtureAnnouncements(item, before);
  const handoffId = parseHandoffId(sk);
  return handoffId === undefined ? [] : handoffAnnouncements(item, before, handoffId);
};
