import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

// Sources of small handlers. They are written to a temporary folder, so their imports are absolute paths.
const require = createRequire(import.meta.url);
const from = (name: string): string => JSON.stringify(pathToFileURL(require.resolve(name)).href);

/** A handler that stores each message's event as an item, and reports those whose data is `poison`. */
export const storeEvents = `
import DynamoDB from ${from('@aws-sdk/client-dynamodb')};
const { DynamoDBClient, TransactWriteItemsCommand } = DynamoDB;
const client = new DynamoDBClient({});
const store = async ({ body }) => {
  const { id, detail } = JSON.parse(body);
  if (detail.poison) throw new TypeError('poison');
  const Item = { pk: { S: 'LEAD#' + detail.lead }, sk: { S: 'EVENT#' + (detail.number ?? id) }, detail: { S: JSON.stringify(detail) } };
  await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: process.env.TABLE, Item } }] }));
};
export const handler = async ({ Records }) => {
  const results = await Promise.allSettled(Records.map(store));
  const batchItemFailures = Records.filter((_, i) => results[i].status === 'rejected')
    .map(({ messageId }) => ({ itemIdentifier: messageId }));
  console.log(JSON.stringify({ stored: Records.length - batchItemFailures.length }));
  return { batchItemFailures };
};`;

/** A handler that publishes each new item as an event of source \`sluice\`. */
export const publishItems = `
import EventBridge from ${from('@aws-sdk/client-eventbridge')};
const { EventBridgeClient, PutEventsCommand } = EventBridge;
const client = new EventBridgeClient({});
export const handler = async ({ Records }) => {
  for (let at = 0; at < Records.length; at += 10) {
    const Entries = Records.slice(at, at + 10).map(({ eventID, dynamodb }) => ({
      EventBusName: process.env.BUS, Source: 'sluice', DetailType: 'Stored',
      Detail: JSON.stringify({ eventID, keys: dynamodb.Keys, sequence: dynamodb.SequenceNumber }),
    }));
    const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount > 0) throw new Error(FailedEntryCount + ' entries failed');
  }
};`;

/** A handler that uses S3, SQS and Lambda as a function of the app does, with settings from the environment alone. */
export const useServices = `
import S3 from ${from('@aws-sdk/client-s3')};
import SQS from ${from('@aws-sdk/client-sqs')};
import Lambda from ${from('@aws-sdk/client-lambda')};
export const handler = async ({ echo }) => {
  if (echo !== undefined) return echo;
  const { BUCKET: Bucket, QUEUE_URL: QueueUrl, AWS_LAMBDA_FUNCTION_NAME: FunctionName } = process.env;
  await new S3.S3Client({}).send(new S3.PutObjectCommand({ Bucket, Key: 'heads/today', Body: 'digest', IfNoneMatch: '*' }));
  await new SQS.SQSClient({}).send(new SQS.SendMessageCommand({ QueueUrl, MessageBody: 'sent' }));
  const Payload = JSON.stringify({ echo: 'heard' });
  const answer = await new Lambda.LambdaClient({}).send(new Lambda.InvokeCommand({ FunctionName, Payload }));
  return JSON.parse(answer.Payload.transformToString());
};`;
