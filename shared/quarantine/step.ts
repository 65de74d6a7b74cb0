import { type Item, N, number, S, text } from '../dynamodb/index.ts';
import { quarantineSortKeyPrefixes } from '../keys/index.ts';
import { computeQuarantineId } from './content-id.ts';
import type { QuarantineStatus, QuarantineStep, StepTaken } from './quarantine.ts';
import { expiryField } from './retention.ts';
import { describeText, joinParts } from './text-parts.ts';

const prefix = quarantineSortKeyPrefixes.step;

export const isStep = ({ sk }: Item): boolean => sk?.S?.startsWith(prefix) ?? false;

/** The attributes of a step that are personal. A redaction removes them. */
export const personalStepFields = ['note'] as const;

export const statusAfter = (step: StepTaken['step']): QuarantineStatus =>
  step === 'discarded' ? 'discarded' : 'replayed';

/** A step without the text of the corrected event, which is stored in parts of its own. */
export interface BareStep extends Omit<QuarantineStep, 'corrected' | 'note'> {
  readonly note?: string | undefined;
  readonly corrected?: string | undefined;
}

const correctedFields = (corrected: string): Item => {
  const { textId, parts } = describeText(corrected);
  return {
    correctedId: S(computeQuarantineId(corrected)),
    correctedTextId: S(textId),
    correctedParts: N(parts),
  };
};

/** Returns the item of a step. @param token distinguishes steps of one instant */
export const stepItem = (
  id: string,
  { step, actor, at, note, corrected }: BareStep,
  expiresAt: number,
  token: string,
): Item => ({
  pk: S(id),
  sk: S(`${prefix}${at}#${token}`),
  step: S(step),
  actor: S(actor),
  at: S(at),
  ...expiryField(expiresAt),
  ...(note !== undefined && { note: S(note) }),
  ...(corrected !== undefined && correctedFields(corrected)),
});

const parseCorrected = (item: Item, items: readonly Item[]): NonNullable<QuarantineStep['corrected']> => {
  const stored = { textId: text(item, 'correctedTextId'), parts: number(item, 'correctedParts') };
  const corrected = joinParts(items, stored);
  return { id: text(item, 'correctedId'), ...(corrected !== undefined && { text: corrected }) };
};

/** Parses a step. @param items all items of the quarantined event, in the order of their keys */
export const parseStep = (item: Item, items: readonly Item[]): QuarantineStep => ({
  step: text(item, 'step') as QuarantineStep['step'],
  actor: text(item, 'actor'),
  at: text(item, 'at'),
  ...(item.note !== undefined && { note: text(item, 'note') }),
  ...(item.correctedId !== undefined && { corrected: parseCorrected(item, items) }),
});
