import { type Connection, type ConnectOptions, connected } from '../stack/connect.ts';
import { bucketDepth } from './failed-record-objects.ts';
import { type FailureSource, failureSourcesOf } from './failure-sources.ts';
import { type Depth, queueDepth } from './queue-depth.ts';
import { depthRecord, depthTable, type Filled } from './words.ts';

export const depthOf = async (connection: Connection, failure: FailureSource): Promise<Depth> =>
  failure.kind === 'queue'
    ? queueDepth(await connection.sqs(), failure.url)
    : bucketDepth(await connection.s3(), failure.bucket);

export interface ListOptions extends ConnectOptions {
  readonly json?: true;
}

export const listFailures = async (options: ListOptions): Promise<void> => {
  const filled = await connected(options, async (connection) => {
    const found: Filled[] = [];
    for (const failure of failureSourcesOf(connection))
      found.push({ failure, depth: await depthOf(connection, failure) });
    return found;
  });
  const lines = options.json
    ? filled.map((each) => JSON.stringify(depthRecord(each)))
    : depthTable(filled, Date.now());
  console.log(lines.join('\n'));
};
