import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../../shared/dynamodb/index.ts';
import { leadSortKeys, parseLeadKey } from '../../shared/keys/index.ts';
import { type Anchor, anchorDigest } from '../../shared/ledger/index.ts';

/** Where the ledgers of leads end, in one segment of the table. */
export type ReadHeads = (segment: number, segments: number) => AsyncIterable<readonly Anchor[]>;

const anchorIn = ({ pk, version, head }: Item): Anchor[] => {
  if (pk?.S === undefined || version?.N === undefined || head?.B === undefined) return [];
  const anchor = { version: Number(version.N), head: Buffer.from(head.B).toString('base64') };
  return [{ lead: anchorDigest(parseLeadKey(pk.S)), ...anchor }];
};

/**
 * Reads the states as they are by now or were a moment ago: an anchor says that a ledger once was at some version, which
 * a commit right afterwards doesn't change.
 */
export const createHeadReader = (client: DynamoDBClient, table: string): ReadHeads =>
  async function* readHeads(Segment, TotalSegments) {
    const pages = paginateScan(
      { client },
      {
        TableName: table,
        Segment,
        TotalSegments,
        FilterExpression: 'sk = :state',
        ProjectionExpression: 'pk, #version, head',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':state': S(leadSortKeys.state) },
      },
    );
    for await (const { Items = [] } of pages) yield Items.flatMap(anchorIn);
  };
