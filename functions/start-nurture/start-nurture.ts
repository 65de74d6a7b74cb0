import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseAction } from '../../events/index.ts';
import { count, eachRecord } from '../../shared/lambda/index.ts';
import { causeFields, nurtureKey, S, writeIf } from '../../shared/ledger/index.ts';

export interface StartNurtureDeps {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/**
 * Keeps which nurture track a lead is on: the one that the latest announcement asks for, or none. Where the track
 * differs from the one before, the table's stream announces the start and the stop.
 */
const followAction =
  ({ client, table }: StartNurtureDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const event = parseAction(JSON.parse(body));
    const { action, leadId } = event.data;
    const track = action.kind === 'nurture' ? { track: S(action.track) } : {};
    const written = await writeIf(client, {
      table,
      key: nurtureKey(leadId),
      set: { ...causeFields(event), ...track },
      ...(action.kind === 'nurture' ? {} : { remove: ['track'] }),
      condition: 'attribute_not_exists(#position) OR #position < :position',
    });
    count(written ? 'NurtureFollowed' : 'NurtureAlreadyFollowed', 1);
  };

export const startNurture =
  (deps: StartNurtureDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, followAction(deps));
