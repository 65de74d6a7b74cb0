import { B, type Item, json, N, number, S, text, truth } from '../dynamodb/index.ts';
import type { Key } from '../keys/index.ts';

/** The progress of one segment of the table in a pass of a rescoring. */
export interface RescoringSegment {
  readonly segment: number;
  readonly revision: number;
  readonly pass: number;
  /** The number of pages that were read. A message names the step that it is for, so that no step is done twice. */
  readonly step: number;
  /** The item after which the next page begins; undefined at the beginning. */
  readonly after?: Key;
  readonly isDone: boolean;
  /** The leads that were read in this pass. */
  readonly leads: number;
  /** The rescorings that were requested in this pass. */
  readonly requested: number;
  /** When the last page was read, in milliseconds since 1970. */
  readonly movedAt: number;
  /** When the last rescoring of that page is delivered, and the next page due, in milliseconds since 1970. */
  readonly nextAt: number;
  /** The part of a second, in milliseconds, by which the next page is due later than its message can say. */
  readonly carryMs: number;
}

/** The attributes of a segment, beside the keys. Rights are limited to them; see infra/constructs/item-attributes.ts. */
export const segmentAttributes = [
  'revision',
  'pass',
  'step',
  'after',
  'isDone',
  'leads',
  'requested',
  'movedAt',
  'nextAt',
  'carryMs',
] as const;

/** Returns the attributes of a segment, without its keys. */
export const buildSegment = ({ segment: _segment, after, isDone, ...numbers }: RescoringSegment): Item => ({
  ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, N(value)])),
  isDone: B(isDone),
  ...(after !== undefined && { after: S(JSON.stringify(after)) }),
});

/** Reads the item of a segment. @throws UnreadableItemError */
export const parseSegment = (item: Item): RescoringSegment => ({
  segment: Number(text(item, 'sk').split('#').at(-1)),
  revision: number(item, 'revision'),
  pass: number(item, 'pass'),
  step: number(item, 'step'),
  isDone: truth(item, 'isDone'),
  leads: number(item, 'leads'),
  requested: number(item, 'requested'),
  movedAt: number(item, 'movedAt'),
  nextAt: number(item, 'nextAt'),
  carryMs: number(item, 'carryMs'),
  ...(item.after !== undefined && { after: json<Key>(item, 'after') }),
});
