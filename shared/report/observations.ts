import type { Stage, Status, Tier } from '../../events/index.ts';
import type { Facts } from '../scoring/index.ts';

/** The outcomes that can follow a win. */
export const followUps = ['renewed', 'expanded', 'referenced', 'churned'] as const;
export type FollowUp = (typeof followUps)[number];

/** The states of knowledge in which a deal was decided: a complete slide, BANT without one, or neither. */
export const grounds = ['slide', 'bant', 'neither'] as const;
export type Ground = (typeof grounds)[number];

/** The kinds of data that the figures leave out, or count with a reservation. */
export const remarks = [
  'leadsBeingWritten',
  'eventsAfterNow',
  'repeatedOutcomes',
  'followUpsWithoutWin',
  'rescuesWithoutWin',
  'customersWithoutWin',
] as const;
export type Remark = (typeof remarks)[number];

/** The number of times that each effort was made, by the id of the effort. */
export type EffortCounts = Readonly<Record<string, number>>;

/** An observation on one lead. A report is counted from observations alone. */
export type Observation =
  | { readonly kind: 'effort'; readonly effort: string; readonly tier: Tier; readonly count: number }
  /** A stay at a stage that has ended, with the tier and lane of the lead just before its end. */
  | {
      readonly kind: 'stay';
      readonly stage: Stage;
      readonly tier: Tier;
      readonly lane: string | undefined;
      readonly ms: number;
      /** The instant of its end, in milliseconds since 1970. */
      readonly at: number;
    }
  /** A deal that was won or lost, with the tier and ground of the lead just before. */
  | {
      readonly kind: 'deal';
      readonly outcome: 'won' | 'lost';
      readonly tier: Tier;
      readonly ground: Ground;
      /** Milliseconds since 1970. */
      readonly at: number;
    }
  /** A win with all that came after it; `tier` is the one just before the win. */
  | {
      readonly kind: 'customer';
      readonly tier: Tier;
      readonly outcomes: readonly FollowUp[];
      readonly rescue: EffortCounts;
    }
  /** The standing of a lead at the instant of the report, and the time since it came to its stage. */
  | {
      readonly kind: 'present';
      readonly leadId: string;
      /** The known attributes of the lead, such as its name. */
      readonly attributes: Facts['attributes'];
      readonly stage: Stage;
      readonly status: Status;
      readonly tier: Tier;
      readonly lane: string | undefined;
      readonly ms: number;
    }
  /** A deadline of a hand-off: whether it was kept, and the tier of the lead when it was handed off. */
  | {
      readonly kind: 'deadline';
      readonly queue: string;
      readonly tier: Tier;
      readonly isKept: boolean;
      /** The instant of the answer that kept it, or at which it was missed, in milliseconds since 1970. */
      readonly at: number;
    }
  /** A lead that was last scored by another model than that of the report. */
  | { readonly kind: 'model'; readonly version: string }
  | { readonly kind: 'remark'; readonly remark: Remark };

export const remarkOn = (remark: Remark): Observation => ({ kind: 'remark', remark });
