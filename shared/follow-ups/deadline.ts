import type { DeadlineEffect, ExpiryStep } from '../../events/index.ts';

/** A deadline that passed while nobody had answered. */
export interface MissedDeadline {
  /** The queue that had the hand-off. */
  readonly queue: string;
  /** UTC, ISO 8601. */
  readonly dueAt: string;
  readonly followedBy: ExpiryStep;
}

/** A move of the deadline of a lead's open hand-off, by an activity that the policy names. */
export interface DeadlineMove {
  /** The position of the announcement in the lead's history, as text that sorts. */
  readonly position: string;
  readonly effect: DeadlineEffect;
  /** The instant of the activity: UTC, ISO 8601. */
  readonly at: string;
}

/** The clock of a deadline: it runs until `dueAt`, or stands still with some working time left. */
export type DeadlineClock =
  | { readonly dueAt: string }
  | { readonly pausedAt: string; readonly leftMs: number };

/** The queue that is to answer by a deadline, and the working time that it has. */
export interface DeadlineTerm {
  readonly queue: string;
  /** Hours of working time. */
  readonly hours: number;
  /** The instant from which they count: UTC, ISO 8601. */
  readonly startedAt: string;
  readonly clock: DeadlineClock;
}

/** A hand-off that waits for an answer, and has a deadline that hasn't passed yet, as far as it is recorded. */
export interface OpenHandoff extends DeadlineTerm {
  readonly leadId: string;
  readonly handoffId: string;
  /** The position of the announcement that requested it. */
  readonly position: string;
  /** The model whose policy has the deadlines. */
  readonly modelVersion: string;
  /** The queue that the hand-off was given to at first. */
  readonly firstQueue: string;
  /** The number of the deadline, from 1. */
  readonly deadline: number;
  /** The deadlines that were missed, in order. */
  readonly missed: readonly MissedDeadline[];
}

/** A hand-off that isn't requested yet, because another one was requested at its tier shortly before. */
export interface WaitingHandoff {
  readonly leadId: string;
  readonly handoffId: string;
  /** The position of the announcement that asks for it. */
  readonly position: string;
  readonly modelVersion: string;
  readonly queue: string;
  /** The working time that the queue has from the request on, in hours. */
  readonly hours: number;
  /** The instant at which it is requested: UTC, ISO 8601. */
  readonly dueAt: string;
}

/** The passing of a deadline: what was missed, and what follows. */
export interface Expiry {
  readonly missed: MissedDeadline;
  /** The next deadline; undefined if there is none. */
  readonly next?: DeadlineTerm | undefined;
  readonly escalatedTo?: string | undefined;
  /** Why the hand-off has ended, if the lead is recycled. */
  readonly endReason?: string | undefined;
}

/** The stored deadlines of one lead's hand-offs, all that has moved them, and the hand-offs that aren't requested yet. */
export interface LeadDeadlines {
  readonly handoffs: readonly OpenHandoff[];
  readonly waiting: readonly WaitingHandoff[];
  /** The moves since the announcement that was followed last, in the order of their instants. */
  readonly moves: readonly DeadlineMove[];
}
