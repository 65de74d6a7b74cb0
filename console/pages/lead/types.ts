import type { Answer } from '../../api/call.ts';

/** A lead as of now, or as of an instant. */
export type LeadAnswer = Answer<'getLead'>;

export type Explanation = LeadAnswer['explanation'];
export type CountedReason = Explanation['counted'][number];
export type Possibility = Explanation['possible'][number];
export type Dimension = Explanation['dimensions'][number];

/** Something that happens to a lead by itself. */
export type Upcoming = NonNullable<LeadAnswer['next']>;

/** An entry of the ledger of a lead. */
export type Entry = Answer<'getTimeline'>['entries'][number];
