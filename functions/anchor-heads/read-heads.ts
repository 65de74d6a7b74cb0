import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Item, S, selectAttributes } from '../../shared/dynamodb/index.ts';
import { leadSortKeys, parseLeadKey } from '../../shared/keys/index.ts';
import { type Anchor, anchorDigest } from '../../shared/ledger/index.ts';

/** Yields the anchors of one segment of the table, a page at a time. */
export type ReadHeads = (segment: number, segments: number) => AsyncIterable<readonly Anchor[]>;

const parseAnchor = ({ pk, version, head }: Item): Anchor[] => {
  if (pk?.S === undefined || version?.N === undefined || head?.B === undefined) return [];
  const anchor = { version: Number(version.N), head: Buffer.from(head.B).toString('base64') };
  return [{ lead: anchorDigest(parseLeadKey(pk.S)), ...anchor }];
};

/**
 * Creates a reader that doesn't read consistently: an anchor says that a ledger was at some version once, which a later
 * commit doesn't change.
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
        ExpressionAttributeValues: { ':state': S(leadSortKeys.state) },
        ...selectAttributes(['pk', 'version', 'head']),
      },
    );
    for await (const { Items = [] } of pages) yield Items.flatMap(parseAnchor);
  };
