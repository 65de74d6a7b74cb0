import type { TimelineStep } from '../../../shared/timeline/index.ts';

/** Returns a step of a timeline as an object for programs: the entry as stored, and the standing before it. */
export const stepRecord = ({ entry, occurredAt, eventId, late, before }: TimelineStep): object => {
  const { sk: _sk, ...stored } = entry;
  return { occurredAt, eventId, late, ...stored, ...(before !== undefined && { before }) };
};
