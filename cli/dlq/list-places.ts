import { type Connection, type ConnectOptions, connected } from '../stack/connect.ts';
import { type Place, placesOf } from './places.ts';
import { type Depth, queueDepth } from './queue-depth.ts';
import { bucketDepth } from './set-aside-objects.ts';
import { depthRecord, depthTable, type Filled } from './words.ts';

export const depthOf = async (connection: Connection, place: Place): Promise<Depth> =>
  place.kind === 'queue'
    ? queueDepth(await connection.sqs(), place.url)
    : bucketDepth(await connection.s3(), place.bucket);

export interface ListOptions extends ConnectOptions {
  readonly json?: true;
}

export const listPlaces = async (options: ListOptions): Promise<void> => {
  const filled = await connected(options, async (connection) => {
    const found: Filled[] = [];
    for (const place of placesOf(connection)) found.push({ place, depth: await depthOf(connection, place) });
    return found;
  });
  const lines = options.json
    ? filled.map((each) => JSON.stringify(depthRecord(each)))
    : depthTable(filled, Date.now());
  console.log(lines.join('\n'));
};
