import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { failures } from '../../shared/lambda/index.ts';
import { readBatch } from './deliveries.ts';
import { reportBatch } from './report.ts';
import { type ScoreBatchDeps, scoreBatch } from './score-batch.ts';

/** Scores the leads of a batch of messages; those that could not be worked on come again. */
export const scoreLeads =
  (deps: ScoreBatchDeps) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const scored = await scoreBatch(deps, readBatch(event, deps.now()));
    reportBatch(event.Records.length, scored);
    return failures(scored.failed);
  };
