import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { json, S, text } from '../../../shared/dynamodb/index.ts';
import { neighbour, poison } from '../lead-events.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { countByType, readStandings, summarize } from '../summaries.ts';
import { until } from '../until.ts';

/** Returns the keys of everything in quarantine about a lead. */
const readQuarantined = async (session: Session, lead: string): Promise<Record<string, AttributeValue>[]> => {
  const { clients, output } = session.target;
  const { Items = [] } = await clients.dynamodb.send(
    new QueryCommand({
      TableName: output('QuarantineTableName'),
      IndexName: 'by-lead',
      KeyConditionExpression: 'leadId = :lead',
      ExpressionAttributeValues: { ':lead': S(session.leadId(lead)) },
    }),
  );
  return Items;
};

/** Returns the head of a quarantined event. The index has keys only. */
const readQuarantineHead = async (
  session: Session,
  pk: string,
): Promise<Record<string, AttributeValue> | undefined> => {
  const { clients, output } = session.target;
  const { Items } = await clients.dynamodb.send(
    new QueryCommand({
      TableName: output('QuarantineTableName'),
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk = :sk',
      ExpressionAttributeValues: { ':pk': S(pk), ':sk': S('META') },
    }),
  );
  return Items?.[0];
};

export const quarantine: Step = {
  name: 'a poison event is quarantined, and its neighbour is scored',
  run: async (session, expected) => {
    await session.put([session.nextBusEvent(poison)]);
    await session.send([neighbour]);
    const id = await until('the poison event in quarantine', session.target.pace, async () => {
      const found = (await readQuarantined(session, 'keen')).find((item) => item.sk?.S === 'META');
      return found === undefined ? { instead: 'nothing' } : { found: text(found, 'pk') };
    });
    await session.untilWorkedOff();
    const head = (await readQuarantineHead(session, id)) ?? {};
    const announced = await session.collect(expected?.announced?.length);
    const stored = {
      code: text(head, 'code'),
      reasons: json<string[]>(head, 'reasons'),
      status: text(head, 'status'),
    };
    return {
      saw: `quarantined as ${stored.code}: ${stored.reasons.join('; ')}; ${countByType(announced)}`,
      facts: {
        leads: await readStandings(session, ['keen', 'cold']),
        quarantined: [{ id, ...stored }],
        announced: summarize(session, announced),
      },
    };
  },
};
