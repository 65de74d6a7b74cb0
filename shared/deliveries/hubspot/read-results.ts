import type { AttemptResult } from '../target.ts';
import type { AnswerBody, ItemError } from './answer-body.ts';
import type { BatchInput } from './batch-input.ts';
import { wordOf } from './words.ts';

const isAbout = (error: ItemError, { record: { id } }: BatchInput, place: number): boolean =>
  error.context?.objectWriteTraceId?.includes(`${place}`) === true ||
  error.context?.ids?.some((one) => one.toLowerCase() === id.toLowerCase()) === true;

const readItemError = ({ category, code }: ItemError, status: number): AttemptResult => {
  if (category === 'OBJECT_NOT_FOUND')
    return { kind: 'failed', reason: 'HubSpot has no such record (OBJECT_NOT_FOUND)', status };
  return { kind: 'failed', reason: wordOf(code) ?? wordOf(category) ?? 'refused by HubSpot', status };
};

/** Some were written and some weren't. To write them again does no harm. */
const unread = "HubSpot's answer doesn't say which records were written";

const isConfirmed = ({ results = [] }: AnswerBody, { record }: BatchInput, place: number): boolean =>
  results.some(
    ({ id, objectWriteTraceId, properties }) =>
      objectWriteTraceId === `${place}` ||
      (record.idProperty === undefined ? id === record.id : properties?.[record.idProperty] === record.id),
  );

/**
 * Reads from the answer to a batch what became of each input. HubSpot writes those that it can (status 207), and names
 * the others by their trace ids, by their ids or not at all.
 */
export const readResults = (
  body: AnswerBody,
  inputs: readonly BatchInput[],
  status: number,
): readonly AttemptResult[] => {
  const { errors = [], results } = body;
  const found = inputs.map((input, place) => errors.find((error) => isAbout(error, input, place)));
  const refused = found.filter((error) => error !== undefined).length;
  // A record that was merged into another one is confirmed by the other one's id, so the number decides.
  const isComplete = results === undefined || results.length + refused >= inputs.length;
  return inputs.map((input, place) => {
    const error = found[place];
    if (error !== undefined) return readItemError(error, status);
    if (status === 207 && results === undefined) return { kind: 'retry', reason: unread, status };
    if (isComplete || isConfirmed(body, input, place)) return { kind: 'delivered', status };
    return { kind: 'failed', reason: 'HubSpot confirmed other records, but not this one', status };
  });
};
