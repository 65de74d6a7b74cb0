import type { ModelDocument } from '../document/model.ts';
import { conditionsBehind, listConditionReads, type Read } from '../document/reads.ts';
import { questionsBehind } from './answering.ts';

/** Returns what something read is computed from: a letter of BANT rests on answers. Nothing is behind a fact. */
export const listReadsBehind = (read: Read, document: ModelDocument): Read[] => [
  ...conditionsBehind(read, document).flatMap(listConditionReads),
  ...(read.kind === 'answering' ? questionsBehind(read.flag, document) : []).map(
    (name): Read => ({ kind: 'answer', name, field: 'answer' }),
  ),
];
