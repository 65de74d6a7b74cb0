import { createHash } from 'node:crypto';
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { ActionEvent } from '../../events/index.ts';
import { count } from '../../shared/lambda/index.ts';
import {
  causeFields,
  handoffKey,
  handoffPointerKey,
  type Item,
  N,
  openHandoffs,
  positionOf,
  putOf,
  S,
  updateOf,
  type Write,
  writeIf,
} from '../../shared/ledger/index.ts';
import type { HandOffDeps } from './deps.ts';

/** One hand-off for one place in a lead's history: announcements of one entry, and a second delivery, give the same id. */
export const newHandoffId = ({ data }: ActionEvent): string =>
  `h-${createHash('sha256')
    .update(`${data.leadId}\n${positionOf(data)}`)
    .digest('hex')
    .slice(0, 24)}`;

const hourMs = 3_600_000;

/** The due time counts from what happened, not from when this ran: a retry must not move it. */
const dueAt = (occurredAt: string, dueHours: number): string =>
  new Date(Date.parse(occurredAt) + dueHours * hourMs).toISOString();

/** Up to where the lead's history has been followed; a late announcement finds that it is late. */
const advance = (table: string, event: ActionEvent): Write => ({
  table,
  key: handoffPointerKey(event.data.leadId),
  set: causeFields(event),
  condition: 'attribute_not_exists(#position) OR #position <= :position',
});

const requestItem = (event: ActionEvent, queue: string, dueHours: number): Item => {
  const { leadId, stage, tier, score } = event.data;
  const { pk, sk } = handoffKey(leadId, newHandoffId(event));
  return {
    pk: S(pk),
    sk: S(sk),
    ...causeFields(event),
    status: S('open'),
    queue: S(queue),
    dueAt: S(dueAt(event.metadata.occurredAt, dueHours)),
    stage: S(stage),
    tier: S(tier),
    score: N(score),
  };
};

/** Advances and opens the hand-off in one transaction: a later announcement can't come in between and miss it. */
const open = async ({ client, table }: HandOffDeps, event: ActionEvent, item: Item): Promise<boolean> => {
  const pointer = advance(table, event);
  try {
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Update: updateOf(pointer) }, { Put: putOf(table, item) }],
      }),
    );
    count('HandoffsRequested', 1);
    return true;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [ofPointer, ofItem] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (ofPointer === 'ConditionalCheckFailed') return false;
    if (ofItem !== 'ConditionalCheckFailed') throw error;
    // It is there already: requested by an earlier delivery, or answered before it was requested.
    count('HandoffsAlreadyRequested', 1);
    return writeIf(client, pointer);
  }
};

/** Closes what an earlier announcement opened and nobody has answered: the policy no longer asks for it. */
const withdrawEarlier = async ({ client, table }: HandOffDeps, event: ActionEvent): Promise<void> => {
  const { leadId } = event.data;
  for (const { handoffId, position } of await openHandoffs(client, table, leadId)) {
    if (position >= positionOf(event.data)) continue;
    const withdrawn = await writeIf(client, {
      table,
      key: handoffKey(leadId, handoffId),
      set: { status: S('withdrawn'), withdrawnAt: S(event.metadata.occurredAt) },
      values: { open: S('open') },
      condition: '#status = :open',
    });
    if (withdrawn) count('HandoffsWithdrawn', 1);
  }
};

/** Keeps the hand-off that the latest announcement asks for, and no other, open. */
export const followAction = async (deps: HandOffDeps, event: ActionEvent): Promise<void> => {
  const { action } = event.data;
  const isLatest =
    action.kind === 'handoff'
      ? await open(deps, event, requestItem(event, action.queue, action.dueHours))
      : await writeIf(deps.client, advance(deps.table, event));
  if (isLatest) await withdrawEarlier(deps, event);
};
