import type { Stage, Tier } from '../../../events/index.ts';
import type { Change } from '../../../shared/lead/index.ts';
import type { DecidedEntry } from '../../../shared/ledger/index.ts';

/** The move of a lead from one stage or tier to another. */
export interface Transition {
  /** When the event happened, as the event gives it, in UTC. */
  readonly occurredAt: string;
  readonly leadId: string;
  readonly of: 'stage' | 'tier';
  /** Null for a lead's first stage. */
  readonly from: Stage | Tier | null;
  readonly to: Stage | Tier;
  /** For a stage, how the move relates to the order of the funnel; for a tier, up or down. */
  readonly kind: string;
  /** For a stage, what put the lead there; for a tier, the type of the event. */
  readonly trigger: string;
  readonly actor?: string;
  readonly eventId: string;
  readonly modelVersion: string;
  readonly version: number;
  readonly ordinal: number;
}

const listMoves = (
  change: Change,
  type: string,
): Pick<Transition, 'of' | 'from' | 'to' | 'kind' | 'trigger' | 'actor'>[] => {
  switch (change.type) {
    case 'LeadStageTransitioned': {
      const { from, to, kind, trigger, actor } = change;
      return [{ of: 'stage', from, to, kind, trigger, ...(actor !== undefined && { actor }) }];
    }
    case 'LeadTierChanged': {
      const { from, to, direction } = change;
      return [{ of: 'tier', from, to, kind: direction, trigger: type }];
    }
    case 'LeadDisqualified':
    case 'LeadRequalified':
    case 'LeadScored':
    case 'HandoffDeadlineMoved':
      return [];
    default:
      return change satisfies never;
  }
};

/** Returns the transitions that an entry decided. */
export const listTransitions = ({
  leadId,
  version,
  ordinal,
  event,
  standing,
  changes,
}: DecidedEntry): Transition[] =>
  changes
    .flatMap((change) => listMoves(change, event.type))
    .map((move) => ({
      occurredAt: event.metadata.occurredAt,
      leadId,
      ...move,
      eventId: event.metadata.eventId,
      modelVersion: standing.modelVersion,
      version,
      ordinal,
    }));

/** The stage and the tier to filter transitions by. */
export interface Sought {
  readonly stage?: Stage | undefined;
  readonly tier?: Tier | undefined;
}

/** Returns a filter for transitions to or from a stage or a tier. Without both, all transitions pass. */
export const isSought =
  ({ stage, tier }: Sought) =>
  ({ of, from, to }: Transition): boolean => {
    if (stage === undefined && tier === undefined) return true;
    const sought = of === 'stage' ? stage : tier;
    return sought !== undefined && (from === sought || to === sought);
  };
