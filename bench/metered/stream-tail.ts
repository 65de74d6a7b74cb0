import type { DynamoDbWire } from '../../infra/local/dynamodb-wire.ts';
import { asLambdaRecord, type StreamRecord } from '../../infra/local/stream-record.ts';

export interface StreamTail {
  /** Returns the records written since the last call, in order. */
  readonly read: () => Promise<StreamRecord[]>;
}

interface Page {
  readonly Records?: readonly StreamRecord[];
  readonly NextShardIterator?: string | null;
}

/** Reads the only shard that the engine has for a table, from its beginning. */
export const tailStream = async (wire: DynamoDbWire, streamArn: string): Promise<StreamTail> => {
  const { StreamDescription } = await wire.call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    'DynamoDBStreams_20120810.DescribeStream',
    { StreamArn: streamArn },
  );
  const [shard] = StreamDescription.Shards;
  let { ShardIterator: iterator } = await wire.call<{ ShardIterator: string }>(
    'DynamoDBStreams_20120810.GetShardIterator',
    { StreamArn: streamArn, ShardId: shard?.ShardId, ShardIteratorType: 'TRIM_HORIZON' },
  );
  const readPage = async (): Promise<readonly StreamRecord[]> => {
    const { Records = [], NextShardIterator } = await wire.call<Page>('DynamoDBStreams_20120810.GetRecords', {
      ShardIterator: iterator,
      Limit: 1_000,
    });
    iterator = NextShardIterator ?? iterator;
    return Records;
  };
  return {
    read: async () => {
      const records: StreamRecord[] = [];
      for (let page = await readPage(); page.length > 0; page = await readPage()) records.push(...page);
      return records.map((record) => asLambdaRecord(record, streamArn));
    },
  };
};
