import { UnknownCallError, type Use } from './use.ts';

interface OnTable {
  readonly TableName: string;
  readonly IndexName?: string;
}

type Member = Readonly<Record<'Put' | 'Update' | 'Delete' | 'ConditionCheck' | 'Get', OnTable | undefined>>;

/** Returns the name of a table, which may be given as an ARN. */
const parseTableName = (name: string): string => name.replace(/^arn:.*:table\//, '');

const use = (action: string, { TableName, IndexName }: OnTable): Use => ({
  action: `dynamodb:${action}`,
  resource: `dynamodb:table/${parseTableName(TableName)}${IndexName === undefined ? '' : `/index/${IndexName}`}`,
  context: {},
});

/**
 * The actions of the members of a transaction. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 */
const transactionActions = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
} as const;

/** Returns the rights that the members of a transaction need. */
const ofTransaction = ({ TransactItems }: { TransactItems: readonly Member[] }): Use[] =>
  TransactItems.flatMap((member) =>
    Object.entries(transactionActions).flatMap(([kind, action]) => {
      const on = member[kind as keyof Member];
      return on === undefined ? [] : [use(action, on)];
    }),
  );

const ofBatch =
  (action: string) =>
  ({ RequestItems }: { RequestItems: Readonly<Record<string, unknown>> }): Use[] =>
    Object.keys(RequestItems).map((TableName) => use(action, { TableName }));

const ofTable =
  (action: string) =>
  (input: OnTable): Use[] => [use(action, input)];

const operations: Readonly<Record<string, (input: never) => Use[]>> = {
  TransactWriteItems: ofTransaction,
  TransactGetItems: ofTransaction,
  BatchGetItem: ofBatch('BatchGetItem'),
  BatchWriteItem: ofBatch('BatchWriteItem'),
  ...Object.fromEntries(
    ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable'].map((action) => [
      action,
      ofTable(action),
    ]),
  ),
};

/** Returns the rights that a request of DynamoDB needs. @throws UnknownCallError */
export const dynamoDbUses = (operation: string, body: Buffer): Use[] => {
  const uses = operations[operation];
  if (uses === undefined) throw new UnknownCallError(`DynamoDB's ${operation}`, Object.keys(operations));
  return uses(JSON.parse(body.toString('utf8')) as never);
};
