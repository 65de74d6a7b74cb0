import type { Outcome } from '../../events/index.ts';
import { evolve, type LeadEvent, type SignalEvent } from '../lead/index.ts';
import type { Facts } from '../scoring/index.ts';

/** Everything that happened to a lead, and to those that are one with it by merges, in any order. */
export interface LeadEvents {
  readonly leadId: string;
  readonly events: readonly LeadEvent[];
}

type FoldedEvent = SignalEvent | Extract<LeadEvent, { type: 'HandoffExpired' }>;

/** The events that say nothing about a lead by themselves, or only what a person decided about its tier. */
const passedOver: ReadonlySet<string> = new Set([
  'LeadsMerged',
  'LeadErasureRequested',
  'LeadRescoreRequested',
  'LeadClockAdvanced',
  'LeadIdentified',
  'LeadOverridden',
  'LeadOverrideLifted',
]);

/** All events of one instant. Files often have only days, and of one instant no order is known. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly said: readonly FoldedEvent[];
  readonly outcomes: readonly Extract<SignalEvent, { type: 'LeadOutcomeRecorded' }>[];
}

/** An outcome of a lead with its instant, in milliseconds since 1970. */
export interface DatedOutcome {
  readonly outcome: Outcome;
  readonly at: number;
  readonly amount?: number | undefined;
}

/** Returns a text by which events of one instant are put in an order that doesn't depend on where they are read. */
const orderOf = ({ type, source, metadata, data }: LeadEvent): string =>
  `${metadata.eventId} ${data.leadId} ${type} ${source}`;

const isFolded = ({ type }: LeadEvent): boolean => !passedOver.has(type);

/** Returns the events of a lead by their instants, in the order in which they occurred, those of merged leads among them. */
export const groupByMoment = (events: readonly LeadEvent[]): Moment[] => {
  const groups = new Map<number, LeadEvent[]>();
  for (const event of events.filter(isFolded)) {
    const at = Date.parse(event.metadata.occurredAt);
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [event]);
    else group.push(event);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([at, group]) => {
      if (group.length > 1) group.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
      const outcomes = group.filter((event) => event.type === 'LeadOutcomeRecorded');
      const said = group.filter((event) => event.type !== 'LeadOutcomeRecorded') as FoldedEvent[];
      return { at, said, outcomes };
    });
};

/** Returns the outcomes of a lead in the order in which they occurred. */
export const listOutcomes = (moments: readonly Moment[]): DatedOutcome[] =>
  moments.flatMap(({ at, outcomes }) =>
    outcomes.map(({ data: { outcome, amount } }) => ({ outcome, at, amount })),
  );

/** Folds events into the facts. The order doesn't matter. */
export const foldAll = (facts: Facts, events: readonly FoldedEvent[]): Facts => events.reduce(evolve, facts);
