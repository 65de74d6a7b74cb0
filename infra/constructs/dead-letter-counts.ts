import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import type { SluiceFunction } from './sluice-function.ts';
import { SubscribedQueue } from './subscribed-queue.ts';

/** Returns the name of a queue, as the outputs of the stack have it without `Url`. */
const nameOf = ({ node }: Queue): string => {
  const { scope } = node;
  const owner = scope instanceof SubscribedQueue ? scope.node.scope : scope;
  return `${owner?.node.id ?? ''}${node.id}`;
};

/** Finds the queues of what was given up below a construct: all that nobody works off. */
const findQueues = (scope: IConstruct): (readonly [name: string, queue: Queue])[] =>
  scope.node
    .findAll()
    .filter((node) => node instanceof Queue && node.deadLetterQueue === undefined)
    .map((queue) => [nameOf(queue as Queue), queue as Queue]);

/**
 * Has a function count the messages of all queues of what was given up below a construct, and of the one for events that
 * the bus could not read. A queue that is added to the stack is counted without further work.
 *
 * The function knows the queues by their names: their URLs would be longer than its variables may be.
 */
export const countDeadLetters = (
  scope: IConstruct,
  { lambda }: SluiceFunction,
  unreadable: Queue | undefined,
): void => {
  const found = findQueues(scope);
  const queues = [...found, ...(unreadable ? [['UnreadableEvents', unreadable] as const] : [])];
  const names = Object.fromEntries(queues.map(([name, { queueName }]) => [name, queueName]));
  lambda.addEnvironment('DEAD_LETTERS', Stack.of(scope).toJsonString(names));
  lambda.addEnvironment('QUEUES_URL', found[0]?.[1].queueUrl ?? '');
  Grant.addToPrincipal({
    grantee: lambda,
    actions: ['sqs:GetQueueAttributes'],
    resourceArns: queues.map(([, { queueArn }]) => queueArn),
  });
};
