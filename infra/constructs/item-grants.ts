import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type Conditions, requireAll, requireLike } from './require-all.ts';

const grant = (
  grantee: IGrantable,
  resourceArn: string,
  actions: readonly string[],
  conditions?: Conditions,
): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: actions.map((action) => `dynamodb:${action}`),
    resourceArns: [resourceArn],
    ...(conditions && { conditions }),
  });

/**
 * Requires that a request names the attributes that it touches, and that these are among the keys and `attributes`; and,
 * if a partition is given, that it touches no other.
 */
const only = (attributes: readonly string[], partition: string | undefined): Conditions =>
  requireAll({
    'dynamodb:Attributes': ['pk', 'sk', ...attributes],
    ...(partition !== undefined && { 'dynamodb:LeadingKeys': [partition] }),
  });

type ItemAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'ConditionCheckItem'
  | 'DeleteItem';

/**
 * Grants these actions on whole items of the table alone. The table's own `grant` would add all of its indexes. Deleting
 * isn't among the actions: the ledger is append-only.
 */
export const grantItems = (
  table: TableV2,
  grantee: IGrantable,
  ...actions: Exclude<ItemAction, 'DeleteItem'>[]
): Grant => grant(grantee, table.tableArn, actions);

/**
 * Grants these actions on whole items of some partitions alone, of which deleting may be one.
 *
 * @param partitions patterns, in which `*` stands for any characters
 */
export const grantPartitions = (
  table: TableV2,
  grantee: IGrantable,
  partitions: readonly string[],
  ...actions: Exclude<ItemAction, 'Scan'>[]
): Grant => grant(grantee, table.tableArn, actions, requireLike({ 'dynamodb:LeadingKeys': partitions }));

/**
 * Grants reading these attributes, and the keys, of any item. A request that doesn't say which attributes it wants is
 * denied. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 *
 * @param partition the only partition that may be read; any if left out
 */
export const grantReading = (
  table: TableV2,
  grantee: IGrantable,
  action: 'BatchGetItem' | 'Query' | 'Scan',
  attributes: readonly string[],
  partition?: string,
): Grant =>
  grant(grantee, table.tableArn, [action], {
    ...only(attributes, partition),
    // Only a query or a scan has this parameter.
    [action === 'BatchGetItem' ? 'StringEqualsIfExists' : 'StringEquals']: {
      'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
    },
  });

/**
 * Grants changing or checking these attributes of any item, also of one that doesn't exist yet. An answer can't hold
 * the item: in a transaction `dynamodb:ReturnValues` is what a failed condition would return, and is only there if it
 * was asked for. Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 *
 * @param partition the only partition that may be changed; any if left out
 */
export const grantChanging = (
  table: TableV2,
  grantee: IGrantable,
  action: 'UpdateItem' | 'ConditionCheckItem',
  attributes: readonly string[],
  partition?: string,
): Grant =>
  grant(grantee, table.tableArn, [action], {
    ...only(attributes, partition),
    StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
  });

/**
 * Grants reading or changing any attribute of the items of some partitions: those of counters, whose attributes are named
 * after what they count.
 */
export const grantCounters = (
  table: TableV2,
  grantee: IGrantable,
  action: 'BatchGetItem' | 'UpdateItem',
  partitions: readonly string[],
): Grant =>
  grant(grantee, table.tableArn, [action], {
    ...requireAll({ 'dynamodb:LeadingKeys': partitions }),
    ...(action === 'UpdateItem' && { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } }),
  });

/** Grants queries of one index of a table. Indexes contain keys only. */
export const grantIndex = (table: TableV2, indexName: string, grantee: IGrantable): Grant =>
  grant(grantee, `${table.tableArn}/index/${indexName}`, ['Query']);
