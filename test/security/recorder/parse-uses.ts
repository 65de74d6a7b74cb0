import { dynamoDbUses } from './dynamodb-uses.ts';
import { eventsUses } from './events-uses.ts';
import { s3Uses } from './s3-uses.ts';
import { secretsUses } from './secrets-uses.ts';
import { sqsUses } from './sqs-uses.ts';
import { type RecordedRequest, UnknownCallError, type Use } from './use.ts';

const services: Readonly<Record<string, (operation: string, body: Buffer) => Use[]>> = {
  DynamoDB_20120810: dynamoDbUses,
  AWSEvents: eventsUses,
  AmazonSQS: sqsUses,
  secretsmanager: secretsUses,
};

/**
 * Returns the rights that IAM would check for a request of the SDK. @throws UnknownCallError if the call isn't known
 * here
 */
export const parseUses = (request: RecordedRequest): { operation: string; uses: Use[] } => {
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target === '') return s3Uses(request);
  const [service = '', operation = ''] = target.split('.');
  const uses = services[service];
  if (uses === undefined) throw new UnknownCallError(target, [...Object.keys(services), 'S3']);
  return { operation, uses: uses(operation, request.body) };
};
