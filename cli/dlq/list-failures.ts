import { print, printJson } from '../output/print.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { bucketDepth } from './failed-record-objects.ts';
import { type FailureSource, listFailureSources } from './failure-sources.ts';
import { depthRecord, formatDepths, type SourceDepth } from './format-depths.ts';
import { type Depth, queueDepth } from './queue-depth.ts';

export const readDepth = async (connection: Connection, failure: FailureSource): Promise<Depth> =>
  failure.kind === 'queue'
    ? queueDepth(await connection.sqs(), failure.url)
    : bucketDepth(await connection.s3(), failure.bucket);

export interface ListOptions extends ConnectOptions {
  readonly json?: true;
}

export const listFailures = async (options: ListOptions): Promise<void> => {
  const depths = await withConnection(options, async (connection) => {
    const found: SourceDepth[] = [];
    for (const failure of listFailureSources(connection))
      found.push({ failure, depth: await readDepth(connection, failure) });
    return found;
  });
  if (options.json) for (const each of depths) printJson(depthRecord(each));
  else print(formatDepths(depths, Date.now()));
};
