import type { TimelineStep } from './timeline.ts';

/** A step of a timeline for programs: the entry as it is kept, beside what was before it. */
export const stepRecord = ({ entry, occurredAt, eventId, late, before }: TimelineStep): object => {
  const { sk: _sk, ...kept } = entry;
  return { occurredAt, eventId, late, ...kept, ...(before !== undefined && { before }) };
};
