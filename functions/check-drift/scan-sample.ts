import { paginateScan } from '@aws-sdk/client-dynamodb';
import { isCanary } from '../../events/index.ts';
import { S, selectAttributes, text, unpacked } from '../../shared/dynamodb/index.ts';
import { leadSortKeys, parseLeadKey } from '../../shared/keys/index.ts';
import type { Facts } from '../../shared/scoring/index.ts';
import type { CheckDriftDeps } from './deps.ts';

/** A lead of the sample. */
export interface SampledLead {
  readonly leadId: string;
  readonly facts: Facts;
}

/** The attributes that are read of a lead. Rights are limited to them; see infra/constructs/item-attributes.ts. */
const select = selectAttributes(['pk', 'sk', 'facts']);

/**
 * Yields the leads of a random part of the table, page by page. Keys are spread by their hash, so that a segment of the
 * table is a random sample of its leads. Merged and erased leads have no facts.
 *
 * @param segments the parts into which the table is divided
 */
export async function* scanSample(
  { client, table, random }: Pick<CheckDriftDeps, 'client' | 'table' | 'random'>,
  segments: number,
): AsyncGenerator<readonly SampledLead[]> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      Segment: Math.floor(random() * segments),
      TotalSegments: segments,
      ...select,
      FilterExpression: '#sk = :state AND attribute_exists(#facts)',
      ExpressionAttributeValues: { ':state': S(leadSortKeys.state) },
    },
  );
  for await (const { Items = [] } of pages) {
    yield Items.map((item) => ({
      leadId: parseLeadKey(text(item, 'pk')),
      facts: unpacked<Facts>(item, 'facts'),
    })).filter(({ leadId }) => !isCanary(leadId));
  }
}
