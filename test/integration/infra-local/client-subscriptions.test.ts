import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { entry, run } from './run.ts';
import { queue, rule } from './template.ts';

const resources = { Work: queue(), WorkRule: rule({ source: ['web'] }, 'Work') };

const connect = async () => {
  const stack = await run(resources, {});
  const config = {
    endpoint: stack.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  };
  const [bus, sqs] = [new EventBridgeClient(config), new SQSClient(config)];
  const onBus = { EventBusName: stack.bus };
  const makeQueue = async (QueueName: string) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
    return { QueueUrl, Arn: (await sqs.send(asked)).Attributes?.QueueArn };
  };
  const putRule = (source: string) =>
    bus.send(
      new PutRuleCommand({ ...onBus, Name: 'mine', EventPattern: JSON.stringify({ source: [source] }) }),
    );
  const putTarget = (Arn: string | undefined) =>
    bus.send(new PutTargetsCommand({ ...onBus, Rule: 'mine', Targets: [{ Id: 'q', Arn }] }));
  const received = async (QueueUrl: string | undefined) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ?? [];
  return { stack, bus, sqs, onBus, makeQueue, putRule, putTarget, received };
};

describe("a client's own queue and rule", () => {
  it('hear of what the pattern matches, beside the queues of the template, until they are taken away', async () => {
    const { stack, bus, sqs, onBus, makeQueue, putRule, putTarget, received } = await connect();
    const { QueueUrl, Arn } = await makeQueue('mine');
    await putRule('nobody');
    await putTarget(Arn);
    stack.putEvents([entry({ lead: 1 })]);
    expect(await received(QueueUrl)).toEqual([]);

    await putRule('web');
    stack.putEvents([entry({ lead: 2 })]);
    const [message, ...others] = await received(QueueUrl);
    expect(others).toEqual([]);
    expect(JSON.parse(message?.Body ?? '').detail).toMatchObject({ lead: 2 });

    await bus.send(new RemoveTargetsCommand({ ...onBus, Rule: 'mine', Ids: ['q'] }));
    await bus.send(new DeleteRuleCommand({ ...onBus, Name: 'mine' }));
    stack.putEvents([entry({ lead: 3 })]);
    expect(await received(QueueUrl)).toEqual([]);
    expect(stack.messages('Work')).toHaveLength(3);

    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await expect(received(QueueUrl)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it("don't keep the stack from being idle", async () => {
    const { stack, makeQueue, putRule, putTarget } = await connect();
    const { Arn } = await makeQueue('mine');
    await putRule('other');
    await putTarget(Arn);
    stack.putEvents([entry({ lead: 1 }, 'other')]);
    await stack.idle();
  });

  it('are refused what AWS refuses, and what is not done here', async () => {
    const { bus, onBus, makeQueue, putRule, putTarget } = await connect();
    const { Arn } = await makeQueue('mine');
    await expect(makeQueue('mine')).rejects.toMatchObject({ name: 'QueueNameExists' });
    await expect(putTarget(Arn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await putRule('web');
    await expect(putTarget('arn:aws:sqs:us-east-1:000000000000:none')).rejects.toThrow('none');
    await putTarget(Arn);
    await expect(bus.send(new DeleteRuleCommand({ ...onBus, Name: 'mine' }))).rejects.toThrow('has targets');
    const transformed = { Id: 'q', Arn, InputPath: '$.detail' };
    await expect(
      bus.send(new PutTargetsCommand({ ...onBus, Rule: 'mine', Targets: [transformed] })),
    ).rejects.toThrow('InputPath');
    await expect(
      bus.send(new PutRuleCommand({ ...onBus, Name: 'mine', EventPattern: '{"source":"test"}' })),
    ).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
  });

  it("leave the template's queues alone", async () => {
    const { sqs } = await connect();
    const { QueueUrls: [QueueUrl] = [] } = await sqs.send(new ListQueuesCommand());
    await expect(sqs.send(new DeleteQueueCommand({ QueueUrl }))).rejects.toMatchObject({
      name: 'UnsupportedOperation',
    });
  });
});
