import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { failures, invocationWithCorrelation } from '../../shared/lambda/index.ts';
import { correlationsOf, readBatch } from './deliveries.ts';
import { reportBatch } from './report.ts';
import { type ScoreBatchDeps, scoreBatch } from './score-batch.ts';

/** Scores the leads of a batch of messages; those that could not be worked on come again. */
export const scoreLeads =
  (deps: ScoreBatchDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batch = readBatch(event, deps.now());
    return invocationWithCorrelation(
      () => correlationsOf(batch),
      async () => {
        const scored = await scoreBatch(deps, batch);
        reportBatch(event.Records.length, scored);
        return failures(scored.failed);
      },
    );
  };
