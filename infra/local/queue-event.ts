import { createHash } from 'node:crypto';
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import type { MessageAttributes, ReceivedMessage } from './queue.ts';
import { account, region } from './resource-types.ts';

const convertAttributes = (attributes: MessageAttributes = {}): SQSMessageAttributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType: dataType, StringValue, BinaryValue }]) => [
      name,
      {
        dataType,
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
      },
    ]),
  );

const buildSqsRecord = (message: ReceivedMessage, eventSourceARN: string): SQSRecord => ({
  messageId: message.messageId,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: `${message.receiveCount}`,
    SentTimestamp: `${message.sentAt}`,
    SenderId: account,
    ApproximateFirstReceiveTimestamp: `${message.firstReceivedAt}`,
  },
  messageAttributes: convertAttributes(message.attributes),
  md5OfBody: createHash('md5').update(message.body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion: region,
});

/** Returns the event that Lambda makes of a batch of messages. */
export const queueEvent = (messages: readonly ReceivedMessage[], queueArn: string): SQSEvent => ({
  Records: messages.map((message) => buildSqsRecord(message, queueArn)),
});
