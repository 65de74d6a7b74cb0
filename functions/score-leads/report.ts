import { count, countBy, logger, tally } from '../../shared/lambda/index.ts';
import type { ScoredBatch } from './score-batch.ts';
import type { ScoredLead } from './score-lead.ts';

/** Metrics and one log line of a batch: numbers only, nothing of what the events say. */
export const reportBatch = (received: number, { leads, quarantined, failed }: ScoredBatch): void => {
  const sum = (of: (lead: ScoredLead) => number) => leads.reduce((total, lead) => total + of(lead), 0);
  const recorded = leads.flatMap((lead) => lead.recorded);
  const tierChanges = leads.flatMap((lead) => lead.tierChanges);
  const totals = {
    BatchSize: received,
    LeadsScored: leads.length,
    Conflicts: sum(({ conflicts }) => conflicts),
    EventsWithheld: sum(({ withheld }) => withheld),
    EventsDuplicate: sum(({ duplicates }) => duplicates.length),
    EventsQuarantined: quarantined.length,
  };
  for (const [name, value] of Object.entries(totals)) count(name as keyof typeof totals, value);
  const byType = tally(recorded, ({ event }) => event.type);
  const byCode = tally(quarantined, ({ rejection }) => rejection.code);
  const byChange = tally(tierChanges, (change) => change);
  countBy('EventsRecorded', 'type', byType);
  countBy('EventsQuarantinedBy', 'code', byCode);
  countBy('TierChanges', 'change', byChange);
  logger.info('batch scored', { ...totals, recorded: recorded.length, failed: failed.length });
};
