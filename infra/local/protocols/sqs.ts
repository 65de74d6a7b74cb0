import * as z from 'zod';
import { ClientQueues, createQueueInput, setAttributesInput } from '../client-queues.ts';
import { ServiceError } from '../errors.ts';
import { localQueueUrl } from '../local-urls.ts';
import type { MessageAttributes, Queue } from '../queue.ts';
import { jsonAnswer, parseInput, parseJson, refuseJson } from './json.ts';
import { type Answer, type Protocol, targetOf } from './protocol.ts';
import { md5, messageAnswer, pickWanted } from './sqs-messages.ts';

const names = z.array(z.string()).default([]);
const onQueue = { QueueUrl: z.string() };
const timeout = z.int().min(0).max(43_200);
const attribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});

const message = {
  MessageBody: z.string().min(1),
  MessageAttributes: z.record(z.string(), attribute).optional(),
  DelaySeconds: z.int().min(0).max(900).optional(),
};

const inputs = {
  ListQueues: z.object({ QueueNamePrefix: z.string().default('') }),
  GetQueueUrl: z.object({ QueueName: z.string() }),
  GetQueueAttributes: z.object({ ...onQueue, AttributeNames: names }),
  SendMessage: z.object({ ...onQueue, ...message }),
  SendMessageBatch: z.object({
    ...onQueue,
    Entries: z
      .array(z.object({ Id: z.string().min(1), ...message }))
      .min(1)
      .max(10),
  }),
  // WaitTimeSeconds is accepted and ignored.
  ReceiveMessage: z.object({
    ...onQueue,
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: timeout.optional(),
    AttributeNames: names,
    MessageSystemAttributeNames: names,
    MessageAttributeNames: names,
  }),
  DeleteMessage: z.object({ ...onQueue, ReceiptHandle: z.string() }),
  ChangeMessageVisibility: z.object({ ...onQueue, ReceiptHandle: z.string(), VisibilityTimeout: timeout }),
  CreateQueue: createQueueInput,
  SetQueueAttributes: setAttributesInput,
  DeleteQueue: z.object(onQueue),
};

const maxMessageBytes = 1_048_576;

/**
 * Checks the size of body and attributes together, as SQS counts:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
const checkSize = (body: string, attributes: MessageAttributes = {}): void => {
  const parts = Object.entries(attributes).flatMap(
    ([name, { DataType, StringValue = '', BinaryValue = '' }]) => [
      Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue),
      Buffer.byteLength(BinaryValue, 'base64'),
    ],
  );
  const bytes = parts.reduce((sum, part) => sum + part, Buffer.byteLength(body));
  if (bytes <= maxMessageBytes) return;
  throw new ServiceError(
    'InvalidParameterValue',
    `MessageBody: got ${bytes} bytes with its attributes, allowed are ${maxMessageBytes}`,
  );
};

interface SentMessage {
  readonly MessageBody: string;
  readonly MessageAttributes?: MessageAttributes | undefined;
  readonly DelaySeconds?: number | undefined;
}

/** Puts a message into a queue, and returns the answer of SendMessage. @throws ServiceError if it is too large */
const send = (queue: Queue, { MessageBody, MessageAttributes, DelaySeconds }: SentMessage): object => {
  checkSize(MessageBody, MessageAttributes);
  const delayMs = DelaySeconds === undefined ? undefined : DelaySeconds * 1_000;
  return {
    MessageId: queue.send(MessageBody, Date.now(), MessageAttributes, delayMs),
    MD5OfMessageBody: md5(MessageBody),
  };
};

type Operation = keyof typeof inputs;
type Operations = {
  readonly [Name in Operation]: (input: z.infer<(typeof inputs)[Name]>, endpoint: string) => object;
};

const errorCodes: ReadonlyMap<string, string> = new Map([
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
]);

const buildAttributes = ({ props, depth }: { props: Queue['props']; depth: ReturnType<Queue['depth']> }) => ({
  ApproximateNumberOfMessages: `${depth.visible}`,
  ApproximateNumberOfMessagesNotVisible: `${depth.inFlight}`,
  ApproximateNumberOfMessagesDelayed: `${depth.delayed}`,
  DelaySeconds: `${(props.delayMs ?? 0) / 1_000}`,
  QueueArn: props.arn,
  VisibilityTimeout: `${props.visibilityTimeoutMs / 1_000}`,
  ...(props.redrive && {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: props.redrive.deadLetters.props.arn,
      maxReceiveCount: props.redrive.maxReceiveCount,
    }),
  }),
});

const createOperations = (queues: Queue[]): Operations => {
  const clientQueues = new ClientQueues(queues);
  const named = (name: string | undefined): Queue => {
    const queue = queues.find(({ props }) => props.name === name);
    if (queue !== undefined) return queue;
    const allowed = queues.map(({ props }) => props.name).join(', ');
    throw new ServiceError(
      'QueueDoesNotExist',
      `The specified queue does not exist: ${name}; allowed are ${allowed}`,
    );
  };
  const at = ({ QueueUrl }: { readonly QueueUrl: string }): Queue => named(QueueUrl.split('/').at(-1));
  return {
    ListQueues: ({ QueueNamePrefix }, endpoint) => {
      const found = queues.map(({ props }) => props.name).filter((name) => name.startsWith(QueueNamePrefix));
      return found.length === 0 ? {} : { QueueUrls: found.map((name) => localQueueUrl(endpoint, name)) };
    },
    GetQueueUrl: ({ QueueName }, endpoint) => ({
      QueueUrl: localQueueUrl(endpoint, named(QueueName).props.name),
    }),
    GetQueueAttributes: (input) => {
      const queue = at(input);
      const all = buildAttributes({ props: queue.props, depth: queue.depth(Date.now()) });
      return { Attributes: pickWanted<string>(all, input.AttributeNames) };
    },
    SendMessage: (input) => send(at(input), input),
    SendMessageBatch: (input) => {
      const queue = at(input);
      return {
        Successful: input.Entries.map((entry) => ({ Id: entry.Id, ...send(queue, entry) })),
        Failed: [],
      };
    },
    ReceiveMessage: (input) => {
      const { MaxNumberOfMessages: most, VisibilityTimeout: seconds } = input;
      const queue = at(input);
      const hiddenFor = seconds === undefined ? undefined : seconds * 1_000;
      const received = queue.receive(most, Infinity, Date.now(), hiddenFor);
      queue.wake();
      const system = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
      const wanted = { system, attributes: input.MessageAttributeNames };
      return received.length === 0 ? {} : { Messages: received.map((one) => messageAnswer(one, wanted)) };
    },
    DeleteMessage: (input) => {
      at(input).delete(input.ReceiptHandle);
      return {};
    },
    ChangeMessageVisibility: (input) => {
      const queue = at(input);
      queue.changeVisibility(input.ReceiptHandle, input.VisibilityTimeout * 1_000, Date.now());
      queue.wake();
      return {};
    },
    CreateQueue: (input, endpoint) => ({
      QueueUrl: localQueueUrl(endpoint, clientQueues.create(input).props.name),
    }),
    SetQueueAttributes: (input) => {
      at(input);
      return {};
    },
    DeleteQueue: (input) => {
      clientQueues.delete(at(input));
      return {};
    },
  };
};

const refuse = (error: unknown): Answer => {
  const code = error instanceof ServiceError ? (errorCodes.get(error.type) ?? error.type) : undefined;
  const { headers, ...answer } = refuseJson(error);
  return { ...answer, headers: { ...headers, ...(code && { 'x-amzn-query-error': `${code};Sender` }) } };
};

/**
 * Speaks SQS in its JSON protocol.
 *
 * @param queues all queues; clients' own are added and removed
 */
export const sqsProtocol = (queues: Queue[]): Protocol => {
  const operations = createOperations(queues);
  const run = (name: string, body: Buffer, endpoint: string): object => {
    if (!Object.hasOwn(inputs, name)) {
      const allowed = Object.keys(inputs).join(', ');
      throw new ServiceError('UnknownOperationException', `${name} is unknown; allowed are ${allowed}`);
    }
    const operation = name as Operation;
    const input = parseInput<object>(inputs[operation], parseJson(body), 'InvalidParameterValue');
    // The compiler can't see that an operation and its input have the same name.
    return (operations[operation] as (input: object, endpoint: string) => object)(input, endpoint);
  };
  return {
    speaks: (head) => targetOf(head).startsWith('AmazonSQS.'),
    answer: (request) =>
      jsonAnswer(run(targetOf(request).slice('AmazonSQS.'.length), request.body, request.endpoint), '1.0'),
    refuse,
  };
};
