import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  type ActionEvent,
  type DataOf,
  type inboundContracts,
  isInboundType,
  parseAction,
  parseInbound,
} from '../../events/index.ts';
import { count, eachRecord } from '../../shared/lambda/index.ts';
import { causeFields, handoffKey, N, positionOf, S, writeIf } from '../../shared/ledger/index.ts';

export interface HandOffDeps {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** One hand-off for one place in a lead's history: announcements of one entry, and a second delivery, give the same id. */
export const handoffIdOf = ({ data }: ActionEvent): string =>
  `h-${createHash('sha256')
    .update(`${data.leadId}\n${positionOf(data)}`)
    .digest('hex')
    .slice(0, 24)}`;

const hourMs = 3_600_000;

/** The due time counts from what happened, not from when this ran: a retry must not move it. */
const dueAt = (occurredAt: string, dueHours: number): string =>
  new Date(Date.parse(occurredAt) + dueHours * hourMs).toISOString();

const request = async ({ client, table }: HandOffDeps, event: ActionEvent): Promise<void> => {
  const { action, leadId, stage, tier, score } = event.data;
  if (action.kind !== 'handoff') return;
  const created = await writeIf(client, {
    table,
    key: handoffKey(leadId, handoffIdOf(event)),
    set: {
      ...causeFields(event),
      status: S('open'),
      queue: S(action.queue),
      dueAt: S(dueAt(event.metadata.occurredAt, action.dueHours)),
      stage: S(stage),
      tier: S(tier),
      score: N(score),
    },
    condition: 'attribute_not_exists(#position) AND attribute_not_exists(#answeredAt)',
  });
  count(created ? 'HandoffsRequested' : 'HandoffsAlreadyRequested', 1);
};

type Verdict = DataOf<typeof inboundContracts.HandoffAccepted>;

/**
 * Notes the verdict of sales on its hand-off. One that we did not make is noted too: sales may have been handed the
 * lead elsewhere, and a verdict that comes before its request must not leave the request open.
 */
const answer = async (
  { client, table }: HandOffDeps,
  status: 'accepted' | 'rejected',
  { leadId, handoffId, actor, reason }: Verdict,
  answeredAt: string,
): Promise<void> => {
  await writeIf(client, {
    table,
    key: handoffKey(leadId, handoffId),
    set: {
      status: S(status),
      answeredAt: S(answeredAt),
      actor: S(actor),
      ...(reason !== undefined && { reason: S(reason) }),
    },
    condition: 'attribute_not_exists(#answeredAt) OR #answeredAt < :answeredAt',
  });
  count(status === 'accepted' ? 'HandoffsAccepted' : 'HandoffsRejected', 1);
};

const follow =
  (deps: HandOffDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const entry = JSON.parse(body);
    if (!isInboundType(entry['detail-type'])) return request(deps, parseAction(entry));
    const parsed = parseInbound(entry, deps.now());
    // Sluice takes the verdict in twice, here and in score-leads; what is malformed is quarantined there.
    if (!parsed.ok) return;
    const { type, metadata, data } = parsed.event;
    if (type === 'HandoffAccepted') await answer(deps, 'accepted', data, metadata.occurredAt);
    if (type === 'HandoffRejected') await answer(deps, 'rejected', data, metadata.occurredAt);
  };

export const handOff =
  (deps: HandOffDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, follow(deps));
