import type { Item } from '../dynamodb/index.ts';
import { quarantineHeadKey } from '../keys/index.ts';
import { parseHead, readStoredText } from './head.ts';
import type { QuarantinedEvent, QuarantineFilter, QuarantineRecord } from './quarantine.ts';
import { isStep, parseStep } from './step.ts';
import { joinParts } from './text-parts.ts';

export const isHead = ({ sk }: Item): boolean => sk?.S === quarantineHeadKey;

/** Parses a quarantined event from all items of its partition, in the order of their keys; undefined without a head. */
export const parseRecord = (items: readonly Item[]): QuarantineRecord | undefined => {
  const head = items.find(isHead);
  if (head === undefined) return undefined;
  const stored = readStoredText(head);
  const body = stored && joinParts(items, stored);
  return {
    ...parseHead(head),
    ...(body !== undefined && { body }),
    steps: items.filter(isStep).map((item) => parseStep(item, items)),
  };
};

/** Returns whether a quarantined event passes a filter. The filter by lead is applied by the index. */
export const fits = (
  { code, source, status, lastReceivedAt }: QuarantinedEvent,
  wanted: QuarantineFilter,
): boolean =>
  (wanted.code === undefined || wanted.code === code) &&
  (wanted.source === undefined || wanted.source === source) &&
  (wanted.status === undefined || wanted.status === status) &&
  (wanted.since === undefined || Date.parse(lastReceivedAt) >= Date.parse(wanted.since));
