import assert from 'node:assert/strict';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ActionEvent, parseAction } from '../../events/index.ts';
import { handOff } from '../../functions/hand-off/hand-off.ts';
import { createPrepareBrief } from '../../functions/hand-off/prepare-brief.ts';
import { leadAnnouncements } from '../../functions/publish-changes/lead-announcements.ts';
import { startNurture } from '../../functions/start-nurture/start-nurture.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { model } from './function.ts';
import { type SampleEvent, toSqsEvent } from './stream.ts';

type Announced = SampleEvent & { readonly detail: { readonly data: ActionEvent['data'] } };

const nurtureAndHandoff = (items: readonly Item[]): { nurture: Announced[]; handoff: Announced[] } => {
  const asked = items
    .flatMap((item) => leadAnnouncements(item, undefined) as unknown as Announced[])
    .filter((entry) => parseAction(entry).data.actionChanged);
  return { nurture: asked, handoff: asked.filter(({ detail }) => detail.data.action.kind === 'handoff') };
};

/** Runs the consumers on the announcements of written items, each announcement by itself and in order. */
export const followUp = async (
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
): Promise<{ announcements: number }> => {
  const { nurture, handoff } = nurtureAndHandoff(items);
  const followUps = createDynamoDbFollowUps(client, table);
  const consumers = [
    {
      follow: startNurture({ followUps, readPolicy: async () => model.document.policy, now: Date.now }),
      announcements: nurture,
    },
    {
      follow: handOff({
        followUps,
        readPolicy: async () => model.document.policy,
        prepareBrief: createPrepareBrief({ client, table }, async () => model.document),
        now: Date.now,
      }),
      announcements: handoff,
    },
  ];
  for (const { follow, announcements } of consumers) {
    for (const announcement of announcements) {
      assert.deepEqual(await follow(toSqsEvent([announcement])), { batchItemFailures: [] });
    }
  }
  return { announcements: nurture.length + handoff.length };
};
