import { CreateArchiveCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { buildArn } from '../functions.ts';
import type { Probe } from '../probe.ts';

const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });

/** Probes what rules do to events, and pipes to messages. */
export const busTargets: Probe = async ({ clients: { bus }, make, send, receive }) => {
  const rules = await make('Transformed', {
    Words: queue('Words'),
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['probe'] },
        Targets: [
          {
            Id: 't',
            Arn: buildArn('Words'),
            InputTransformer: {
              InputPathsMap: { lead: '$.detail.lead', score: '$.detail.score' },
              InputTemplate: '{"text":"lead <lead>","lead":<lead>,"score":<score>}',
            },
          },
        ],
      },
    },
  });
  const Detail = JSON.stringify({ lead: 'l-1', score: 7 });
  await bus.send(new PutEventsCommand({ Entries: [{ Source: 'probe', DetailType: 'P', Detail }] }));
  const [words = 'nothing'] = await receive('Words', 2_000);
  const piped = await make('Piped', {
    From: queue('PipeFrom'),
    To: queue('PipeTo'),
    Pipe: {
      Type: 'AWS::Pipes::Pipe',
      Properties: {
        Name: 'p',
        RoleArn: 'arn:aws:iam::000000000000:role/none',
        Source: buildArn('From'),
        Target: buildArn('To'),
      },
    },
  });
  await send('PipeFrom', 'through');
  const through = await receive('PipeTo', 8_000);
  const archive = await bus
    .send(
      new CreateArchiveCommand({
        ArchiveName: 'a',
        EventSourceArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
      }),
    )
    .then(
      ({ State }) => `made, ${State}`,
      (error: Error) => error.name,
    );
  return [
    {
      what: 'an input transformer',
      asAws: words === '{"text":"lead l-1","lead":"l-1","score":7}',
      saw: rules.reason || words,
    },
    {
      what: 'a pipe from queue to queue',
      asAws: through.length === 1,
      saw: piped.reason || `${through.length} messages after 8 s`,
    },
    { what: 'an archive by its own API', asAws: archive.startsWith('made'), saw: archive },
  ];
};
