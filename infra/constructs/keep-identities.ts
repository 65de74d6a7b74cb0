import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { erasurePattern } from '../../events/index.ts';
import { identifierKey, leadKey, pairsPartition } from '../../shared/keys/index.ts';
import { leadAttributes } from './item-attributes.ts';
import { grantPartitions, grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { QueueFunction, type QueueFunctionOptions } from './queue-function.ts';

export interface KeepIdentitiesProps
  extends Pick<QueueFunctionOptions, 'key' | 'logRetention' | 'memorySize'> {
  readonly bus: EventBus;
  readonly leads: TableV2;
  readonly identities: TableV2;
}

/** Creates the function that forgets the identifiers of leads that are erased. */
export const keepIdentities = (
  scope: Construct,
  { leads, identities, ...props }: KeepIdentitiesProps,
): void => {
  const { lambda } = new QueueFunction(scope, 'KeepIdentities', {
    ...props,
    service: 'keep-identities',
    environment: { LEADS_TABLE: leads.tableName, IDENTITIES_TABLE: identities.tableName },
    patterns: { LeadErased: erasurePattern },
    batchSize: 1,
  }).function;
  const ofLeads = leadKey('*');
  grantPartitions(identities, lambda, [ofLeads], 'Query', 'UpdateItem');
  // The only function that deletes: an identity has no content that could be removed from it.
  grantPartitions(identities, lambda, [identifierKey('*').pk, ofLeads, pairsPartition], 'DeleteItem');
  const { read, readMerged } = leadAttributes.keepIdentities;
  grantReading(leads, lambda, 'BatchGetItem', read);
  grantReading(leads, lambda, 'Query', readMerged);
  grantKey(props.key, lambda, 'tables');
};
