import * as z from 'zod';
import { ServiceError } from './errors.ts';
import { Queue } from './queue.ts';
import { findRuntimeType } from './resource-types.ts';

const seconds = (most: number) => z.coerce.number().int().min(0).max(most);

/**
 * The queue attributes that have an effect here. Permissions and retention are accepted and ignored, as in the
 * template.
 */
const attributes = z.strictObject({
  VisibilityTimeout: seconds(43_200).default(30),
  DelaySeconds: seconds(900).default(0),
  MessageRetentionPeriod: z.string().optional(),
  Policy: z.string().optional(),
  SqsManagedSseEnabled: z.string().optional(),
});

/** The input with which a client creates a queue. */
export const createQueueInput = z.object({
  QueueName: z.string().regex(/^[\w-]{1,80}$/),
  Attributes: attributes.prefault({}),
});

/** The two attributes that can be set later, and that have no effect. */
export const setAttributesInput = z.object({
  QueueUrl: z.string(),
  Attributes: z.strictObject({
    Policy: z.string().optional(),
    MessageRetentionPeriod: z.string().optional(),
  }),
});

/**
 * The queues that clients create. They live as long as the process, and can be deleted; those of the template can't.
 */
export class ClientQueues {
  /** All queues: those of the template, then those of clients. */
  readonly #all: Queue[];
  readonly #made = new Set<Queue>();

  constructor(all: Queue[]) {
    this.#all = all;
  }

  create({ QueueName: name, Attributes }: z.infer<typeof createQueueInput>): Queue {
    if (this.#all.some(({ props }) => props.name === name)) {
      throw new ServiceError('QueueNameExists', `A queue already exists with this name: ${name}`);
    }
    const queue = new Queue({
      name,
      arn: findRuntimeType('AWS::SQS::Queue')?.arn(name) ?? name,
      visibilityTimeoutMs: Attributes.VisibilityTimeout * 1_000,
      delayMs: Attributes.DelaySeconds * 1_000,
    });
    this.#made.add(queue);
    this.#all.push(queue);
    return queue;
  }

  delete(queue: Queue): void {
    if (!this.#made.delete(queue)) {
      const message = `DeleteQueue: given ${queue.props.name}, which the template made; allowed are queues of clients`;
      throw new ServiceError('UnsupportedOperation', message);
    }
    this.#all.splice(this.#all.indexOf(queue), 1);
  }
}
