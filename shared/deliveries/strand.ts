import type { OutboundType } from '../../events/index.ts';

/**
 * The strands of a lead's announcements: what it is, its hand-offs, and its nurture tracks. Each follows the versions of
 * the lead, but a hand-off or a track may begin long after the announcement that asked for it, and has its position. So
 * a later announcement of one strand makes no earlier one of another out of date.
 */
type Strand = 'lead' | 'handoff' | 'nurture';

const others: Readonly<Partial<Record<OutboundType, Strand>>> = {
  HandoffRequested: 'handoff',
  HandoffExpired: 'handoff',
  NurtureStarted: 'nurture',
  NurtureStopped: 'nurture',
};

/** Returns the strand that an announcement belongs to. */
export const findStrand = (type: OutboundType): Strand => others[type] ?? 'lead';

/** The types that come before others of the same position and instant: a track stops before the next one begins. */
const first: readonly OutboundType[] = ['NurtureStopped', 'HandoffRequested'];

interface Positioned {
  readonly type: OutboundType;
  readonly version: number;
  readonly ordinal: number;
  readonly occurredAt: string;
  readonly eventId: string;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Compares deliveries of one lead by the order in which they are sent. */
export const compareDeliveries = (a: Positioned, b: Positioned): number =>
  a.version - b.version ||
  a.ordinal - b.ordinal ||
  compareTexts(a.occurredAt, b.occurredAt) ||
  Number(first.includes(b.type)) - Number(first.includes(a.type)) ||
  compareTexts(a.eventId, b.eventId);
