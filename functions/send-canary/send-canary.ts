import {
  canaryLeadOf,
  canarySource,
  type DataOf,
  dayMs,
  type Entry,
  hourMs,
  type InboundType,
  type inboundContracts,
  minuteMs,
  type Stage,
} from '../../events/index.ts';
import type { Bus } from '../../shared/bus/index.ts';
import { count, invocationAbout, logger } from '../../shared/lambda/index.ts';

export interface SendCanaryDeps {
  readonly bus: Bus;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export class CanaryNotSentError extends Error {
  readonly code = 'CANARY_NOT_SENT';
  constructor(failed: number) {
    super(`the bus did not take ${failed} of the canary's events`);
    this.name = 'CanaryNotSentError';
  }
}

/** Each run has a slot of its own: the schedule begins one in the middle of each, so that being late leads out of none. */
const slotMs = 5 * minuteMs;

const said = <Type extends InboundType>(
  type: Type,
  at: number,
  data: DataOf<(typeof inboundContracts)[Type]>,
): Entry => {
  const occurredAt = new Date(at).toISOString();
  return {
    source: canarySource,
    'detail-type': type,
    time: occurredAt,
    detail: { metadata: { eventId: `canary-${type}-${occurredAt}`, occurredAt, schemaVersion: 1 }, data },
  };
};

/**
 * Another stage than in the slot before: a change of stage is announced whatever the model says, and these two are the
 * first, at which nobody is told of a lead.
 */
export const canaryStageAt = (now: number): Stage =>
  Math.floor(now / slotMs) % 2 === 0 ? 'subscriber' : 'lead';

/**
 * Yesterday's lead is erased, so that erasures are tried out each day and no ledger grows for ever. All through the first
 * hour, should one run fail: it is one event, of one id and instant, and its copies are duplicates.
 */
const erasureAt = (now: number): Entry[] => {
  const midnight = now - (now % dayMs);
  if (now - midnight >= hourMs) return [];
  return [said('LeadErasureRequested', midnight, { leadId: canaryLeadOf(midnight - 1) })];
};

/** What the canary says at an instant. */
export const canaryEventsAt = (now: number): readonly Entry[] => [
  said('LeadStageChanged', now, { leadId: canaryLeadOf(now), stage: canaryStageAt(now) }),
  ...erasureAt(now),
];

/** Sends a lead through, for `time-canary` to see what comes of it. @throws CanaryNotSentError */
export const sendCanary =
  ({ bus, now }: SendCanaryDeps) =>
  async (): Promise<void> => {
    const events = canaryEventsAt(now());
    await invocationAbout(
      () => events.map(({ detail }) => detail.metadata.eventId),
      async () => {
        const failed = await bus.publish(events);
        if (failed.length > 0) throw new CanaryNotSentError(failed.length);
        logger.info('canary sent', { events: events.length });
        count('CanariesSent', 1);
      },
    );
  };
