import type { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { untilEmpty } from '../../e2e/queues.ts';
import type { Clients, Target } from '../../e2e/target.ts';

/** Creates a target whose queues have these depths, one for each look; the last one stays. */
const createTarget = (
  depths: Readonly<Record<string, readonly number[]>>,
  looks = new Map<string, number>(),
): Target => {
  const send = async ({ input: { QueueUrl = '' } }: GetQueueAttributesCommand): Promise<object> => {
    const look = looks.get(QueueUrl) ?? 0;
    looks.set(QueueUrl, look + 1);
    const depth = (depths[QueueUrl] ?? []).slice(0, look + 1).at(-1);
    return { Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: depth } };
  };
  return {
    name: 'local',
    clients: { sqs: { send } } as unknown as Clients,
    output: (name) => name,
    queueUrls: () => Object.fromEntries(Object.keys(depths).map((name) => [name, name])),
    pace: { patienceMs: 100, intervalMs: 1, quietMs: 1 },
    api: {} as Target['api'],
    close: async () => {},
  };
};

const wait = (
  depths: Readonly<Record<string, readonly number[]>>,
  wanted = (_name: string): boolean => true,
): Promise<void> => untilEmpty('all queues', createTarget(depths), wanted);

it('waits for a message that a function is still working on', async () => {
  const looks = new Map<string, number>();
  await untilEmpty('all queues', createTarget({ Queue: [1, 1, 0] }, looks), () => true);
  expect(looks).toEqual(new Map([['Queue', 5]]));
});

it('is not misled by a message that is for a moment not counted', async () => {
  await expect(wait({ Queue: [0, 0, 1] })).rejects.toMatchObject({ code: 'STEP_FAILED' });
});

it('fails with the queue whose message stays', async () => {
  await expect(wait({ Queue: [0], DeadLetters: [2] })).rejects.toMatchObject({
    code: 'STEP_FAILED',
    message: expect.stringContaining('seen last: {"DeadLetters":2}'),
  });
});

it('leaves out the queues that nobody asked for', async () => {
  await expect(wait({ Queue: [0], Other: [2] }, (name) => name === 'Queue')).resolves.toBeUndefined();
});
