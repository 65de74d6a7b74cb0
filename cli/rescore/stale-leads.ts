import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { isCanary } from '../../events/index.ts';
import { S, text } from '../../shared/dynamodb/index.ts';
import { leadSortKeys, parseLeadKey } from '../../shared/keys/index.ts';

/**
 * Yields the ids of the leads that were scored by another model than this one. Canary leads are left out, since only
 * the canary may send events about them. Memory does not grow with the number of leads.
 */
export async function* staleLeads(
  client: DynamoDBClient,
  table: string,
  modelVersion: string,
): AsyncGenerator<string> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      ProjectionExpression: 'pk',
      // Merged and erased leads have no model.
      FilterExpression: 'sk = :state AND attribute_exists(#model) AND #model <> :model',
      ExpressionAttributeNames: { '#model': 'model' },
      ExpressionAttributeValues: { ':state': S(leadSortKeys.state), ':model': S(modelVersion) },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const leadId = parseLeadKey(text(item, 'pk'));
      if (!isCanary(leadId)) yield leadId;
    }
  }
}
