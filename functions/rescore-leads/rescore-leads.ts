import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachRecord } from '../../shared/lambda/index.ts';
import { parseRescoringMessage } from '../../shared/rescoring/index.ts';
import type { RescoreLeadsDeps } from './deps.ts';
import { readSegment } from './read-segment.ts';
import { wake } from './wake.ts';

/**
 * Has all leads that another model has judged rescored by the active one. The current rescoring is an item of the table;
 * messages only say where to look, so one that comes twice, late or not at all changes nothing but the time it takes.
 */
export const rescoreLeads =
  (deps: RescoreLeadsDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, ({ body }) => {
      const message = parseRescoringMessage(body);
      return message === undefined ? wake(deps) : readSegment(deps, message);
    });
