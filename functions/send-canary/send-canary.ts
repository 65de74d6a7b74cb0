import {
  type BusEvent,
  busEvent,
  type ContractOf,
  canarySource,
  computeCanaryLead,
  type DataOf,
  dayMs,
  hourMs,
  type InboundType,
  minuteMs,
  type Stage,
} from '../../events/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import { count, invocationWithCorrelation, logger } from '../../shared/lambda/index.ts';

export interface SendCanaryDeps {
  readonly bus: Bus;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

class CanaryNotSentError extends Error {
  readonly code = 'CANARY_NOT_SENT';
  constructor(failed: number) {
    super(`the bus did not take ${failed} of the canary's events`);
    this.name = 'CanaryNotSentError';
  }
}

/**
 * The time slot of a run. The schedule starts a run in the middle of each slot, so that a late one stays within its
 * slot.
 */
const slotMs = 5 * minuteMs;

/** Builds an event of the canary. The same type and instant give the same id. */
const canaryEvent = <Type extends InboundType>(
  type: Type,
  at: number,
  data: DataOf<ContractOf<Type>>,
): BusEvent => {
  const occurredAt = new Date(at).toISOString();
  return busEvent(type, canarySource, { eventId: `canary-${type}-${occurredAt}`, occurredAt }, data);
};

/**
 * Returns the canary's stage, which differs from that in the slot before. A change of stage is announced whatever the
 * model is, and no lead is handed off at these two stages, the first ones.
 */
export const computeCanaryStage = (now: number): Stage =>
  Math.floor(now / slotMs) % 2 === 0 ? 'subscriber' : 'lead';

/**
 * Returns the erasure of yesterday's lead, so that erasures are tried every day and no ledger grows for ever. It is
 * repeated in the whole first hour, in case a run fails: it is one event with one id and instant, and its copies are
 * duplicates.
 */
const buildErasures = (now: number): BusEvent[] => {
  const midnight = now - (now % dayMs);
  if (now - midnight >= hourMs) return [];
  return [canaryEvent('LeadErasureRequested', midnight, { leadId: computeCanaryLead(midnight - 1) })];
};

/** Returns the canary's events of an instant. */
export const buildCanaryEvents = (now: number): readonly BusEvent[] => [
  canaryEvent('LeadStageChanged', now, { leadId: computeCanaryLead(now), stage: computeCanaryStage(now) }),
  ...buildErasures(now),
];

/** Sends the canary's events; `time-canary` measures their return. @throws CanaryNotSentError */
export const sendCanary =
  ({ bus, now }: SendCanaryDeps) =>
  async (): Promise<void> => {
    const events = buildCanaryEvents(now());
    await invocationWithCorrelation(
      () => events.map(({ detail }) => detail.metadata.eventId),
      async () => {
        const failed = await bus.publish(events);
        if (failed.length > 0) throw new CanaryNotSentError(failed.length);
        logger.info('canary sent', { events: events.length });
        count('CanariesSent', 1);
      },
    );
  };
