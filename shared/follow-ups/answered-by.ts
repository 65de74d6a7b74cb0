import { type Item, text } from '../dynamodb/index.ts';
import { handoffKey, parseHandoffId } from '../keys/index.ts';
import type { HandoffVerdict } from './follow-ups.ts';
import { hasBegun } from './waiting-items.ts';

/** Returns whether an id has the form of those that Sluice gives to its hand-offs. */
const isOwnId = (handoffId: string): boolean => /^h-[0-9a-f]{24}$/.test(handoffId);

/** Returns whether an item is a hand-off that Sluice requested, and not only a verdict. */
const isRequested = (item: Item): boolean => item.position !== undefined;

/**
 * Returns whether a hand-off was open at an instant, as far as it is known. One that ended only because nobody had
 * answered can still be answered; one that waited was never open. A verdict can be followed before or after the
 * announcement of what it changed, which withdraws the hand-off at the same instant. A hand-off that was requested at
 * that instant may be what follows from the verdict, so it is not answered by it.
 */
const wasOpenAt = (item: Item, at: string): boolean =>
  hasBegun(item) &&
  text(item, 'occurredAt') < at &&
  (item.handoffStatus?.S === 'open' ||
    item.handoffStatus?.S === 'expired' ||
    (item.handoffStatus?.S === 'withdrawn' && item.withdrawnAt?.S === at));

/**
 * Finds the hand-off that a verdict answers although it doesn't name it: the last one that was open at its instant. A
 * verdict that was noted before, or that names a hand-off of Sluice, answers no other.
 */
export const findAnswered = (items: readonly Item[], verdict: HandoffVerdict): Item | undefined => {
  const { sk } = handoffKey(verdict.leadId, verdict.handoffId);
  if (isOwnId(verdict.handoffId) || items.some((item) => text(item, 'sk') === sk)) return undefined;
  return items
    .filter((item) => wasOpenAt(item, verdict.answeredAt))
    .reduce<Item | undefined>(
      (last, item) => (last === undefined || text(item, 'position') > text(last, 'position') ? item : last),
      undefined,
    );
};

const readVerdict = (leadId: string, item: Item): HandoffVerdict[] => {
  const handoffId = parseHandoffId(text(item, 'sk'));
  const status = item.handoffStatus?.S;
  if (handoffId === undefined || isOwnId(handoffId) || isRequested(item)) return [];
  if (status !== 'accepted' && status !== 'rejected') return [];
  return [
    {
      leadId,
      handoffId,
      status,
      answeredAt: text(item, 'answeredAt'),
      actor: text(item, 'actor'),
      reason: item.reason?.S,
    },
  ];
};

/**
 * Finds the verdict by which a hand-off ends that is about to be withdrawn: one that doesn't name it, of the very
 * instant of the withdrawal, and was followed before the hand-off was opened.
 */
export const findVerdict = (
  items: readonly Item[],
  leadId: string,
  handoff: Item,
  withdrawnAt: string,
): HandoffVerdict | undefined =>
  wasOpenAt(handoff, withdrawnAt)
    ? items.flatMap((item) => readVerdict(leadId, item)).find(({ answeredAt }) => answeredAt === withdrawnAt)
    : undefined;
