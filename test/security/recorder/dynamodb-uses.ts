import { listTouched, type Touching } from './touched-attributes.ts';
import { UnknownCallError, type Use } from './use.ts';

interface OnTable extends Touching {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Select?: string;
  readonly ReturnValues?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

type Member = Readonly<Record<'Put' | 'Update' | 'Delete' | 'ConditionCheck' | 'Get', OnTable | undefined>>;

/** Returns the name of a table, which may be given as an ARN. */
const parseTableName = (name: string): string => name.replace(/^arn:.*:table\//, '');

/**
 * Returns what IAM sees as `Select`. AWS's guide says that it always has a value; calls without the parameter read a
 * list of attributes if they have one.
 */
const findSelect = (action: string, { Select, ProjectionExpression }: OnTable): string => {
  if (action === 'Query' || action === 'Scan') return Select ?? 'ALL_ATTRIBUTES';
  return ProjectionExpression === undefined ? 'ALL_ATTRIBUTES' : 'SPECIFIC_ATTRIBUTES';
};

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem']);

const buildContext = (action: string, on: OnTable, partitions: readonly string[]): Use['context'] => ({
  ...(partitions.length > 0 && { 'dynamodb:LeadingKeys': partitions }),
  'dynamodb:Attributes': listTouched(on),
  ...(reads.has(action) && { 'dynamodb:Select': [findSelect(action, on)] }),
  // What a failed condition returns counts too. For members of transactions AWS's guide says so.
  ...(writes.has(action) && {
    'dynamodb:ReturnValues': [on.ReturnValues ?? 'NONE', on.ReturnValuesOnConditionCheckFailure ?? 'NONE'],
  }),
});

/**
 * Returns the partition that a query reads: the value that its condition compares the partition key with. That key comes
 * first in all conditions here.
 */
const findQueried = ({ KeyConditionExpression = '', ExpressionAttributeValues = {} }: OnTable): string[] => {
  const [, placeholder = ''] = /^\s*#?\w+ *= *(:\w+)/.exec(KeyConditionExpression) ?? [];
  const queried = ExpressionAttributeValues[placeholder]?.S;
  return queried === undefined ? [] : [queried];
};

/** Returns the partition of the key in a request. */
const listPartitions = (keys: readonly object[]): string[] =>
  keys.flatMap((key) => (key as { pk?: { S?: string } }).pk?.S ?? []);

const use = (
  action: string,
  on: OnTable,
  partitions = [...listPartitions([on.Key ?? on.Item ?? {}]), ...findQueried(on)],
): Use => ({
  action: `dynamodb:${action}`,
  resource: `dynamodb:table/${parseTableName(on.TableName)}${on.IndexName === undefined ? '' : `/index/${on.IndexName}`}`,
  context: buildContext(action, on, partitions),
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

interface BatchOf extends Touching {
  readonly Keys: readonly object[];
}

const ofBatchGet = ({ RequestItems }: { RequestItems: Readonly<Record<string, BatchOf>> }): Use[] =>
  Object.entries(RequestItems).map(([TableName, { Keys, ...more }]) =>
    use('BatchGetItem', { ...more, TableName, Key: Object.assign({}, ...Keys) }, listPartitions(Keys)),
  );

const ofTable =
  (action: string) =>
  (input: OnTable): Use[] => [use(action, input)];

const operations: Readonly<Record<string, (input: never) => Use[]>> = {
  TransactWriteItems: ofTransaction,
  TransactGetItems: ofTransaction,
  BatchGetItem: ofBatchGet,
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
