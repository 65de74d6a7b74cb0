import { type Item, N, number, S, text } from '../dynamodb/index.ts';
import { quarantineIdOf } from './content-id.ts';
import type { QuarantineStatus, QuarantineStep, StepTaken } from './quarantine.ts';
import { joinParts, storedTextOf } from './text-parts.ts';

const prefix = 'STEP#';

export const isStep = ({ sk }: Item): boolean => sk?.S?.startsWith(prefix) ?? false;

/** What an erasure takes out of a step: what somebody wrote about it. */
export const personalStepFields = ['note'] as const;

export const statusAfter = (step: StepTaken['step']): QuarantineStatus =>
  step === 'discarded' ? 'discarded' : 'replayed';

/** A step as an item, without the text that was replayed in the event's place. */
export interface BareStep extends Omit<QuarantineStep, 'mended' | 'note'> {
  readonly note?: string | undefined;
  readonly mended?: string | undefined;
}

const mendedFields = (mended: string): Item => {
  const { textId, parts } = storedTextOf(mended);
  return { mendedId: S(quarantineIdOf(mended)), mendedTextId: S(textId), mendedParts: N(parts) };
};

/** @param token tells steps of one instant apart */
export const stepItem = (
  id: string,
  { step, actor, at, note, mended }: BareStep,
  expiresAt: number,
  token: string,
): Item => ({
  pk: S(id),
  sk: S(`${prefix}${at}#${token}`),
  step: S(step),
  actor: S(actor),
  at: S(at),
  expiresAt: N(expiresAt),
  ...(note !== undefined && { note: S(note) }),
  ...(mended !== undefined && mendedFields(mended)),
});

const parseMended = (item: Item, items: readonly Item[]): NonNullable<QuarantineStep['mended']> => {
  const stored = { textId: text(item, 'mendedTextId'), parts: number(item, 'mendedParts') };
  const mended = joinParts(items, stored);
  return { id: text(item, 'mendedId'), ...(mended !== undefined && { text: mended }) };
};

/** @param items all items of the quarantined event, in the order of their keys */
export const parseStep = (item: Item, items: readonly Item[]): QuarantineStep => ({
  step: text(item, 'step') as QuarantineStep['step'],
  actor: text(item, 'actor'),
  at: text(item, 'at'),
  ...(item.note !== undefined && { note: text(item, 'note') }),
  ...(item.mendedId !== undefined && { mended: parseMended(item, items) }),
});
