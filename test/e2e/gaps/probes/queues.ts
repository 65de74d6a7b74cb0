import { GetQueueAttributesCommand, GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { pause } from '../../interruption.ts';
import { buildArn } from '../functions.ts';
import type { Probe } from '../probe.ts';

/** Probes the settings of queues in a template: redrive policy and delay. */
export const queues: Probe = async ({ clients: { sqs }, make, send, receive }) => {
  await make('Queues', {
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'Dead' } },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'Work',
        VisibilityTimeout: 1,
        RedrivePolicy: { deadLetterTargetArn: buildArn('Dead'), maxReceiveCount: 2 },
      },
    },
    Late: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'Late', DelaySeconds: 3 } },
  });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'Work' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  await send('Work', 'poison');
  for (let receive = 1; receive <= 3; receive++) {
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    await pause(1_200);
  }
  const dead = await receive('Dead', 1_000);
  await send('Late', 'late');
  const [early, late] = [await receive('Late', 1_500), await receive('Late', 3_000)];
  return [
    {
      what: 'a redrive policy of the template is applied',
      asAws: Attributes?.RedrivePolicy !== undefined,
      saw: Attributes?.RedrivePolicy ?? 'none',
    },
    {
      what: 'and has effect',
      asAws: dead.length === 1,
      saw: `${dead.length} dead letters after 3 receives of 2`,
    },
    {
      what: 'a delay of the template is applied',
      asAws: early.length === 0 && late.length === 1,
      saw: `${early.length} within 1.5 s, ${late.length} after 3 s`,
    },
  ];
};
