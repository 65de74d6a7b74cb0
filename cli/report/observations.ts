import type { Stage, Status, Tier } from '../../events/index.ts';

/** What can be heard of a customer after the win. */
export const followUps = ['renewed', 'expanded', 'referenced', 'churned'] as const;
export type FollowUp = (typeof followUps)[number];

/** What a deal rested on when it was decided. */
export const grounds = ['slide', 'bant', 'neither'] as const;
export type Ground = (typeof grounds)[number];

/** What the figures leave out, or had to take as it is. */
export const remarks = [
  'leadsBeingWritten',
  'eventsAfterNow',
  'repeatedOutcomes',
  'followUpsWithoutWin',
  'rescuesWithoutWin',
  'customersWithoutWin',
] as const;
export type Remark = (typeof remarks)[number];

/** Times that each effort was given, by its id. */
export type EffortCounts = Readonly<Record<string, number>>;

/** What following one lead brings up; a report is counted from nothing else. */
export type Observation =
  | { readonly kind: 'effort'; readonly effort: string; readonly tier: Tier; readonly count: number }
  /** A stay at a stage that has ended, with the lead's tier and lane just before it did. */
  | {
      readonly kind: 'stay';
      readonly stage: Stage;
      readonly tier: Tier;
      readonly lane: string | undefined;
      readonly ms: number;
    }
  /** A deal that was won or lost, with the lead's tier and ground just before. */
  | {
      readonly kind: 'deal';
      readonly outcome: 'won' | 'lost';
      readonly tier: Tier;
      readonly ground: Ground;
    }
  /** A win with all that came after it; `tier` is the one just before the win. */
  | {
      readonly kind: 'customer';
      readonly tier: Tier;
      readonly heard: readonly FollowUp[];
      readonly rescue: EffortCounts;
    }
  /** Where a lead stands at the end, and for how long. */
  | {
      readonly kind: 'present';
      readonly leadId: string;
      readonly stage: Stage;
      readonly status: Status;
      readonly tier: Tier;
      readonly lane: string | undefined;
      readonly ms: number;
    }
  /** A lead that another model than the report's scored last. */
  | { readonly kind: 'model'; readonly version: string }
  | { readonly kind: 'remark'; readonly remark: Remark };

export const remarkOn = (remark: Remark): Observation => ({ kind: 'remark', remark });
