import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ActionEvent } from '../../events/index.ts';
import { buildUpdate, type Item, text, transact, updateIf } from '../dynamodb/index.ts';
import { buildPositionKey, handoffKey } from '../keys/index.ts';
import { findAnswered, findVerdict } from './answered-by.ts';
import { clockUpdate, expiryUpdate, moveUpdate, parseOpenHandoff, readMoves } from './deadline-items.ts';
import { createNurtureFollowUps } from './follow-nurture.ts';
import type { FollowUps, HandoffRequest } from './follow-ups.ts';
import {
  answerUpdate,
  erasureMark,
  notErased,
  pointerStep,
  pointerUpdate,
  readHandoffs,
  requestUpdate,
  scrubUpdate,
  verdictUpdate,
  withdrawalUpdate,
} from './handoff-items.ts';
import type { StartLimits } from './start-limits.ts';
import {
  beginUpdate,
  dropUpdate,
  findHandoffOpening,
  isWaiting,
  parseWaiting,
  stillAskedUpdate,
  waitUpdate,
} from './waiting-items.ts';

/** Stores follow-ups as items beside the lead's state; the table's stream announces what begins and ends. */
export const createDynamoDbFollowUps = (client: DynamoDBClient, table: string): FollowUps => {
  const passHandoffs: FollowUps['passHandoffs'] = (event) => updateIf(client, pointerUpdate(table, event));

  /**
   * Opens a hand-off, or lets it wait, by what is stored of the others. All of that is as it was read when this is
   * written: every hand-off that is added moves the pointer, and one that waits is withdrawn, so that it can't begin.
   */
  const openWithin: (
    ...given: [event: ActionEvent, request: HandoffRequest, now: number, limits: StartLimits]
  ) => ReturnType<FollowUps['openHandoff']> = async (event, request, now, limits) => {
    const { leadId } = event.data;
    const { pointer, handoffs } = await readHandoffs(client, table, leadId);
    const { sk } = handoffKey(leadId, request.handoffId);
    if (handoffs.some((item) => text(item, 'sk') === sk))
      return (await passHandoffs(event)) ? 'present' : 'late';
    if (pointer?.handoffStatus !== undefined) return 'late';
    if ((pointer?.position?.S ?? '') > buildPositionKey(event.data)) return 'late';
    const dueAt = findHandoffOpening(limits, handoffs, event);
    const isOpen = dueAt <= Date.parse(event.metadata.occurredAt);
    const refused = await transact(client, [
      { Update: buildUpdate(pointerStep(table, event, pointer)) },
      {
        Update: buildUpdate(
          isOpen ? requestUpdate(table, event, request, now) : waitUpdate(table, event, request, dueAt, now),
        ),
      },
      ...handoffs
        .filter(isWaiting)
        .map((item) => ({ Update: buildUpdate(dropUpdate(table, event, text(item, 'sk'))) })),
    ]);
    if (refused.length > 0) return openWithin(event, request, now, limits);
    return isOpen ? 'opened' : 'waiting';
  };

  const openHandoff: FollowUps['openHandoff'] = async (event, request, now, limits) => {
    if (limits?.tierCooldownHours !== undefined) return openWithin(event, request, now, limits);
    const [refused] = await transact(client, [
      { Update: buildUpdate(pointerUpdate(table, event)) },
      { Update: buildUpdate(requestUpdate(table, event, request, now)) },
    ]);
    if (refused === undefined) return 'opened';
    if (refused === 0) return 'late';
    // The hand-off exists already: an earlier delivery requested it, or it was answered before it was requested.
    return (await passHandoffs(event)) ? 'present' : 'late';
  };

  const beginHandoff: FollowUps['beginHandoff'] = async (waiting, first, now) => {
    const refused = await transact(client, [
      { Update: buildUpdate(stillAskedUpdate(table, waiting)) },
      { Update: buildUpdate(beginUpdate(table, waiting, first, now)) },
    ]);
    return refused.length === 0;
  };

  /** Ends a hand-off that is no longer asked for. Returns whether it is withdrawn, and not answered. */
  const withdraw = async (event: ActionEvent, item: Item, items: readonly Item[]): Promise<boolean> => {
    if (isWaiting(item)) return updateIf(client, dropUpdate(table, event, text(item, 'sk')));
    const verdict = findVerdict(items, event.data.leadId, item, event.metadata.occurredAt);
    if (verdict !== undefined && (await updateIf(client, answerUpdate(table, verdict, item)))) return false;
    return updateIf(client, withdrawalUpdate(table, event, text(item, 'sk')));
  };

  const withdrawEarlier: FollowUps['withdrawEarlier'] = async (event) => {
    const { pointer, handoffs } = await readHandoffs(client, table, event.data.leadId);
    const position = buildPositionKey(event.data);
    let withdrawn = 0;
    for (const item of handoffs) {
      if ((item.handoffStatus?.S !== 'open' && !isWaiting(item)) || text(item, 'position') >= position)
        continue;
      if (await withdraw(event, item, handoffs)) withdrawn++;
    }
    return { withdrawn, moved: readMoves(pointer).some((move) => move.position > position) };
  };

  const readDeadlines: FollowUps['readDeadlines'] = async (leadId) => {
    const { pointer, handoffs } = await readHandoffs(client, table, leadId);
    return {
      handoffs: handoffs.flatMap((item) => parseOpenHandoff(item) ?? []),
      waiting: handoffs.flatMap((item) => parseWaiting(item) ?? []),
      moves: readMoves(pointer),
    };
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
    beginHandoff,
    withdrawEarlier,
    readDeadlines,
    noteMove,
    moveDeadline,
    missDeadline,
    noteVerdict,
    eraseHandoffs,
  };
};
