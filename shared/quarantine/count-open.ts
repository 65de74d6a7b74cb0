import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Item, S, selectAttributes, text } from '../dynamodb/index.ts';
import { quarantineHeadKey } from '../keys/index.ts';
import type { QuarantineTable } from './quarantine-table.ts';

/** The open events of a quarantine, as far as they were counted. */
export interface OpenCount {
  readonly byCode: ReadonlyMap<string, number>;
  /** Whether there may be more. */
  readonly more: boolean;
}

/** The most requests, each of which reads up to a megabyte. */
const mostRequests = 20;

/** Counts the events that are rejected and open, by code. The work is bounded. @param most the most that are counted */
export const countOpen = async ({ client, table }: QuarantineTable, most: number): Promise<OpenCount> => {
  const byCode = new Map<string, number>();
  const { ExpressionAttributeNames: names, ...selected } = selectAttributes(['code']);
  let counted = 0;
  let after: Item | undefined;
  for (let requests = 0; requests < mostRequests && counted < most; requests++) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: table,
        FilterExpression: 'sk = :head AND #status = :open',
        ExpressionAttributeNames: { ...names, '#status': 'status' },
        ExpressionAttributeValues: { ':head': S(quarantineHeadKey), ':open': S('open') },
        ...selected,
        ...(after !== undefined && { ExclusiveStartKey: after }),
      }),
    );
    for (const item of Items.slice(0, most - counted)) {
      const code = text(item, 'code');
      byCode.set(code, (byCode.get(code) ?? 0) + 1);
    }
    counted += Items.length;
    after = LastEvaluatedKey;
    if (after === undefined) return { byCode, more: counted > most };
  }
  return { byCode, more: true };
};
