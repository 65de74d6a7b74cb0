import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { buildArn } from '../functions.ts';
import type { Probe } from '../probe.ts';

/** The time of the observation: a bit more than the schedule's rate. */
const watchMs = 80_000;

/** Probes what happens by the clock. It runs after the probe of streams, whose table has a time to live. */
export const clock: Probe = async ({ clients: { dynamodb }, make, receive }) => {
  const { reason } = await make('Clocked', {
    Ticks: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'Ticks' } },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        FlexibleTimeWindow: { Mode: 'OFF' },
        ScheduleExpression: 'rate(1 minute)',
        Target: { Arn: buildArn('Ticks'), RoleArn: 'arn:aws:iam::000000000000:role/none', Input: '"tick"' },
      },
    },
  });
  const Key = { pk: { S: 'expired' } };
  const expiresAt = { N: String(Math.floor(Date.now() / 1_000) - 3_600) };
  await dynamodb.send(new PutItemCommand({ TableName: 'Probed', Item: { ...Key, expiresAt } }));
  const ticks = await receive('Ticks', watchMs);
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 'Probed', Key }));
  return [
    {
      what: 'a schedule runs',
      asAws: ticks.length > 0,
      saw: reason || `${ticks.length} runs of rate(1 minute) in 80 s`,
    },
    {
      what: 'an item expires (on AWS within days)',
      asAws: Item === undefined,
      saw: `${Item === undefined ? 'gone' : 'still there'} after 80 s`,
    },
  ];
};
