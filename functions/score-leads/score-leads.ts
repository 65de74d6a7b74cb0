import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { count, countBy, failures, tally } from '../../shared/lambda/index.ts';
import { readBatch } from './deliveries.ts';
import { type ScoreBatchDeps, type ScoredBatch, scoreBatch } from './score-batch.ts';

const report = (received: number, { leads, quarantined }: ScoredBatch): void => {
  const recorded = leads.flatMap((lead) => lead.recorded);
  count('BatchSize', received);
  count('LeadsScored', leads.length);
  count(
    'Conflicts',
    leads.reduce((sum, lead) => sum + lead.conflicts, 0),
  );
  count(
    'EventsDuplicate',
    leads.reduce((sum, lead) => sum + lead.duplicates.length, 0),
  );
  count('EventsQuarantined', quarantined.length);
  countBy(
    'EventsRecorded',
    'type',
    tally(recorded, ({ event }) => event.type),
  );
  countBy(
    'EventsQuarantinedBy',
    'code',
    tally(quarantined, ({ rejection }) => rejection.code),
  );
  countBy(
    'TierChanges',
    'change',
    tally(
      leads.flatMap((lead) => lead.tierChanges),
      (change) => change,
    ),
  );
};

/** Scores the leads of a batch of messages; those that could not be worked on come again. */
export const scoreLeads =
  (deps: ScoreBatchDeps) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const scored = await scoreBatch(deps, readBatch(event, deps.now()));
    report(event.Records.length, scored);
    return failures(scored.failed);
  };
