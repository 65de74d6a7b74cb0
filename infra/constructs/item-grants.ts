import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';

/** The actions that functions need on items. Deleting isn't among them: the ledger is append-only. */
export type ItemAction = 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'ConditionCheckItem';

/** Grants these actions on the table alone. The table's own `grant` would add all of its indexes. */
export const grantItems = (table: TableV2, grantee: IGrantable, ...actions: ItemAction[]): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: actions.map((action) => `dynamodb:${action}`),
    resourceArns: [table.tableArn],
  });

/** Grants queries of one index of a table. */
export const grantIndex = (table: TableV2, indexName: string, grantee: IGrantable): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['dynamodb:Query'],
    resourceArns: [`${table.tableArn}/index/${indexName}`],
  });
