import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';
import { until } from '../../until.ts';
import { sendForm, skipWithoutDocuments } from './send-webhook.ts';
import { addressOf } from './webhooks.ts';

/** Returns the kinds of items in the table of identities, by the number of each. */
const countItems = async ({ target: { clients, output } }: Session): Promise<Record<string, number>> => {
  const { Items = [] } = await clients.dynamodb.send(
    new ScanCommand({ TableName: output('IdentitiesTableName'), ConsistentRead: true }),
  );
  const kinds = Map.groupBy(Items, ({ pk, sk }) =>
    pk?.S?.startsWith('ID#')
      ? 'links'
      : pk?.S === 'PAIRS'
        ? 'pairs'
        : sk?.S === 'LEAD'
          ? 'records'
          : 'mirrors',
  );
  return Object.fromEntries([...kinds].map(([kind, items]) => [kind, items.length]));
};

/** Erases both people of the form, by webhooks, after which no identifier of them is known. */
export const forget: Step = {
  name: 'an erasure by a webhook removes the identities',
  skip: skipWithoutDocuments,
  run: async (session) => {
    const before = await countItems(session);
    for (const name of ['wanda', 'wilma']) {
      const email = addressOf(session, name);
      await sendForm(session, {
        id: `${session.run}-forget-${name}`,
        event: 'form',
        at: '2026-03-02T11:00:00.000Z',
        email,
        forget: true,
      });
    }
    await until('no identifiers', session.target.pace, async () => {
      const { links = 0, pairs = 0, mirrors = 0 } = await countItems(session);
      return links + pairs + mirrors === 0
        ? { found: true }
        : { instead: `${links} links, ${pairs} pairs, ${mirrors} mirrors` };
    });
    return { saw: `${before.links} identifiers and ${before.pairs} pair before, none after` };
  },
};
