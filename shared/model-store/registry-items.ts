import { activationActions } from '../../events/index.ts';
import { type Item, json, N, number, readOneOf, S, text } from '../dynamodb/index.ts';
import { modelHistoryKey, modelPointerKey } from '../keys/index.ts';
import { type ModelHistoryEntry, type ModelPointer, modelActs } from './registry.ts';

// Who and why have attributes of their own: functions that may change the `actor` and the `reason` of a verdict must have
// no right to change those of an activation.

/** Returns the item of the pointer. */
export const pointerItem = (pointer: ModelPointer): Item => ({
  pk: S(modelPointerKey.pk),
  sk: S(modelPointerKey.sk),
  revision: N(pointer.revision),
  earlier: S(JSON.stringify(pointer.earlier)),
  ...(pointer.active !== undefined && { active: S(pointer.active) }),
  ...(pointer.activeRevision !== undefined && { activeRevision: N(pointer.activeRevision) }),
  ...(pointer.activatedAt !== undefined && { activatedAt: S(pointer.activatedAt) }),
  ...(pointer.actions !== undefined && { actions: S(pointer.actions) }),
  ...(pointer.shadow !== undefined && { shadow: S(pointer.shadow) }),
});

/** Reads the item of the pointer. @throws UnreadableItemError */
export const parsePointer = (item: Item): ModelPointer => ({
  revision: number(item, 'revision'),
  earlier: json<string[]>(item, 'earlier'),
  ...(item.active !== undefined && {
    active: text(item, 'active'),
    activeRevision: number(item, 'activeRevision'),
    activatedAt: text(item, 'activatedAt'),
  }),
  ...(item.actions !== undefined && { actions: readOneOf(item, 'actions', activationActions) }),
  ...(item.shadow !== undefined && { shadow: text(item, 'shadow') }),
});

/** Returns the item of an entry of the history. */
export const historyItem = (entry: ModelHistoryEntry): Item => {
  const { pk, sk } = modelHistoryKey(entry.revision);
  return {
    pk: S(pk),
    sk: S(sk),
    revision: N(entry.revision),
    act: S(entry.act),
    modelVersion: S(entry.modelVersion),
    by: S(entry.by),
    why: S(entry.reason),
    at: S(entry.at),
    ...(entry.previousModelVersion !== undefined && { previousModel: S(entry.previousModelVersion) }),
    ...(entry.actions !== undefined && { actions: S(entry.actions) }),
    ...(entry.request !== undefined && {
      requestKey: S(entry.request.key),
      fingerprint: S(entry.request.fingerprint),
    }),
  };
};

/** Reads the item of an entry of the history. @throws UnreadableItemError */
export const parseHistoryItem = (item: Item): ModelHistoryEntry => ({
  revision: number(item, 'revision'),
  act: readOneOf(item, 'act', modelActs),
  modelVersion: text(item, 'modelVersion'),
  by: text(item, 'by'),
  reason: text(item, 'why'),
  at: text(item, 'at'),
  ...(item.previousModel !== undefined && { previousModelVersion: text(item, 'previousModel') }),
  ...(item.requestKey !== undefined && {
    request: { key: text(item, 'requestKey'), fingerprint: text(item, 'fingerprint') },
  }),
  ...(item.actions !== undefined && { actions: readOneOf(item, 'actions', activationActions) }),
});
