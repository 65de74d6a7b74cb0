import { UnknownCallError } from './use.ts';

/** The parameters of a request, or of a member of a transaction, that name attributes. */
export interface Touching {
  readonly Key?: object;
  readonly Item?: object;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

/** The parameters that expressions have replaced. They name attributes too. */
const replaced = [
  'AttributesToGet',
  'AttributeUpdates',
  'Expected',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

const keywords = new Set(['SET', 'REMOVE', 'ADD', 'DELETE', 'AND', 'OR', 'NOT', 'BETWEEN', 'IN']);

/** The words of an expression, with what tells a value (`:`), the inner part of a path (`.`) or a function (`(`). */
const words = /[.:]?#?[A-Za-z_]\w*\s*\(?/g;

const listNames = (expression = ''): string[] =>
  (expression.match(words) ?? [])
    .filter((word) => !/^[.:]|\($/.test(word))
    .map((word) => word.trim())
    .filter((word) => !keywords.has(word.toUpperCase()));

/**
 * Returns the attributes that IAM sees in a request, as `dynamodb:Attributes`: those of the key, those of an item to
 * put, and the outermost ones of each path in an expression. Source:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 *
 * @throws UnknownCallError if attributes are named by parameters that expressions have replaced
 */
export const listTouched = (request: Touching): readonly string[] => {
  const old = replaced.find((name) => name in request);
  if (old !== undefined) throw new UnknownCallError(`DynamoDB's ${old}`, ['expressions']);
  const { ExpressionAttributeNames: placeholders = {} } = request;
  const named = [
    request.KeyConditionExpression,
    request.FilterExpression,
    request.ProjectionExpression,
    request.UpdateExpression,
    request.ConditionExpression,
  ].flatMap(listNames);
  const resolved = named.map((name) => (name.startsWith('#') ? (placeholders[name] ?? name) : name));
  const whole = Object.keys({ ...request.Key, ...request.Item });
  return [...new Set([...whole, ...resolved])].sort();
};
