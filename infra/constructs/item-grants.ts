import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';

/** What our functions do with items. No deletion among them: the ledger is append-only. */
export type ItemAction = 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'ConditionCheckItem';

/** Allows just these actions on just the table. The table's own `grant` would add all of its indexes. */
export const grantItems = (table: TableV2, grantee: IGrantable, ...actions: ItemAction[]): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: actions.map((action) => `dynamodb:${action}`),
    resourceArns: [table.tableArn],
  });

/** Allows to query one index of a table. */
export const grantIndex = (table: TableV2, indexName: string, grantee: IGrantable): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['dynamodb:Query'],
    resourceArns: [`${table.tableArn}/index/${indexName}`],
  });
