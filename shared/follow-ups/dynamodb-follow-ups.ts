import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ActionEvent } from '../../events/index.ts';
import { buildUpdate, type Item, text, transact, updateIf } from '../dynamodb/index.ts';
import { findAnswered, findVerdict } from './answered-by.ts';
import { clockUpdate, expiryUpdate, moveUpdate, parseOpenHandoff, readMoves } from './deadline-items.ts';
import { createNurtureFollowUps } from './follow-nurture.ts';
import type { FollowUps } from './follow-ups.ts';
import {
  answerUpdate,
  erasureMark,
  notErased,
  pointerUpdate,
  readHandoffs,
  requestUpdate,
  scrubUpdate,
  verdictUpdate,
  withdrawalUpdate,
} from './handoff-items.ts';
import { buildPositionKey } from './position.ts';

/** Stores follow-ups as items beside the lead's state; the table's stream announces what begins and ends. */
export const createDynamoDbFollowUps = (client: DynamoDBClient, table: string): FollowUps => {
  const passHandoffs: FollowUps['passHandoffs'] = (event) => updateIf(client, pointerUpdate(table, event));

  const openHandoff: FollowUps['openHandoff'] = async (event, request, now) => {
    const [refused] = await transact(client, [
      { Update: buildUpdate(pointerUpdate(table, event)) },
      { Update: buildUpdate(requestUpdate(table, event, request, now)) },
    ]);
    if (refused === undefined) return 'opened';
    if (refused === 0) return 'late';
    // The hand-off exists already: an earlier delivery requested it, or it was answered before it was requested.
    return (await passHandoffs(event)) ? 'present' : 'late';
  };

  /** Ends a hand-off that is no longer asked for. Returns whether it is withdrawn, and not answered. */
  const withdraw = async (event: ActionEvent, item: Item, items: readonly Item[]): Promise<boolean> => {
    const verdict = findVerdict(items, event.data.leadId, item, event.metadata.occurredAt);
    if (verdict !== undefined && (await updateIf(client, answerUpdate(table, verdict, item)))) return false;
    return updateIf(client, withdrawalUpdate(table, event, text(item, 'sk')));
  };

  const withdrawEarlier: FollowUps['withdrawEarlier'] = async (event) => {
    const { pointer, handoffs } = await readHandoffs(client, table, event.data.leadId);
    const position = buildPositionKey(event.data);
    let withdrawn = 0;
    for (const item of handoffs) {
      if (item.handoffStatus?.S !== 'open' || text(item, 'position') >= position) continue;
      if (await withdraw(event, item, handoffs)) withdrawn++;
    }
    return { withdrawn, moved: readMoves(pointer).some((move) => move.position > position) };
  };

  const readDeadlines: FollowUps['readDeadlines'] = async (leadId) => {
    const { pointer, handoffs } = await readHandoffs(client, table, leadId);
    return { handoffs: handoffs.flatMap((item) => parseOpenHandoff(item) ?? []), moves: readMoves(pointer) };
  };

  const noteMove: FollowUps['noteMove'] = async (leadId, move) => {
    const { pointer } = await readHandoffs(client, table, leadId);
    if (pointer?.handoffStatus !== undefined) return 'erased';
    const isNoted = readMoves(pointer).some(({ position }) => position === move.position);
    if (isNoted || move.position <= (pointer?.position?.S ?? '')) return 'late';
    return (await updateIf(client, moveUpdate(table, leadId, move, pointer)))
      ? 'noted'
      : noteMove(leadId, move);
  };

  const moveDeadline: FollowUps['moveDeadline'] = (handoff, clock, now) =>
    updateIf(client, clockUpdate(table, handoff, clock, now));

  const missDeadline: FollowUps['missDeadline'] = (handoff, expiry, now) =>
    updateIf(client, expiryUpdate(table, handoff, expiry, now));

  const noteVerdict: FollowUps['noteVerdict'] = async (verdict) => {
    const { handoffs } = await readHandoffs(client, table, verdict.leadId);
    const answered = findAnswered(handoffs, verdict);
    const refused = await transact(client, [
      notErased(table, verdict.leadId),
      { Update: buildUpdate(verdictUpdate(table, verdict)) },
      ...(answered === undefined ? [] : [{ Update: buildUpdate(answerUpdate(table, verdict, answered)) }]),
    ]);
    if (refused.length === 0) return 'noted';
    if (refused.includes(0)) return 'erased';
    // Only the hand-off that was open has changed meanwhile: it is looked for again.
    return refused.includes(1) ? 'late' : noteVerdict(verdict);
  };

  const eraseHandoffs: FollowUps['eraseHandoffs'] = async (event) => {
    // The mark comes first, so that no hand-off is added after those found here.
    await updateIf(client, erasureMark(table, event));
    let erased = 0;
    const { handoffs } = await readHandoffs(client, table, event.data.leadId);
    for (const item of handoffs) {
      if (item.handoffStatus?.S === 'erased') continue;
      if (await updateIf(client, scrubUpdate(table, event, text(item, 'sk')))) erased++;
    }
    return erased;
  };

  return {
    ...createNurtureFollowUps({ client, table }),
    passHandoffs,
    openHandoff,
    withdrawEarlier,
    readDeadlines,
    noteMove,
    moveDeadline,
    missDeadline,
    noteVerdict,
    eraseHandoffs,
  };
};
