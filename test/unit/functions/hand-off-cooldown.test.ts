import { beforeEach, describe, expect, it } from 'vitest';
import { internalContracts, outboundContracts, parseAction } from '../../../events/index.ts';
import { newHandoffId } from '../../../functions/hand-off/follow-action.ts';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import type { PrepareBrief } from '../../../functions/hand-off/prepare-brief.ts';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import type { Deadlines } from '../../../shared/scoring/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { briefAt, noBrief } from '../../support/handoffs.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';

// The policy asks for a hand-off on 1 March, for none on the 2nd, and again on the 3rd, within a cooldown of four days.
const asks = { kind: 'handoff', queue: 'sales', dueHours: 24 };
const none = { kind: 'none' };
const march = (day: number, time = '09:00') => `2026-03-0${day}T${time}:00.000Z`;

let client: ReturnType<typeof memoryClient>;
let changes: Change[];
let deadlines: Deadlines | undefined;
let prepareBrief: PrepareBrief;
beforeEach(() => {
  changes = [];
  client = memoryClient({ tables: { leads: [] }, onChange: (change) => changes.push(change) });
  deadlines = undefined;
  prepareBrief = noBrief;
});

const handle = async (now: string, ...entries: unknown[]): Promise<void> => {
  const follow = handOff({
    followUps: createDynamoDbFollowUps(client, 'leads'),
    prepareBrief,
    readPolicy: async () => ({
      ...{ rules: [], recycle: { stage: 'lead' }, deadlines },
      nurture: { tracks: {}, tierCooldownHours: 96 },
    }),
    now: () => Date.parse(now),
  });
  expect(failedIds(await follow(buildBatch(...entries)))).toEqual([]);
};

const announced = (version: number, action: object, occurredAt: string) => {
  const { sampleEvent } = outboundContracts.LeadTierChanged;
  const { metadata, data } = sampleEvent.detail;
  return {
    ...sampleEvent,
    detail: { metadata: { ...metadata, occurredAt }, data: { ...data, version, action } },
  };
};
const first = announced(1, asks, march(1));
const second = announced(3, asks, march(3));
const secondId = newHandoffId(parseAction(second));

const due = (dueAt: string) => {
  const { sampleEvent } = internalContracts.HandoffDue;
  return {
    ...sampleEvent,
    detail: { ...sampleEvent.detail, data: { leadId: 'l-1', handoffId: secondId, dueAt } },
  };
};
const stored = () => client.memory.items('leads').find(({ sk }) => sk?.S === `HANDOFF#${secondId}`) ?? {};

const listRequested = () =>
  changes
    .filter(({ after }) => after?.sk?.S?.startsWith('HANDOFF#'))
    .flatMap(({ after, before }) => leadAnnouncements(after ?? {}, before))
    .map(({ detail }) => outboundContracts.HandoffRequested.detail.parse(detail))
    .map(({ metadata, data }) => [data.version, metadata.occurredAt, data.dueAt]);
/** The messages of one batch are followed side by side, so each comes in one of its own. */
const flap = async (): Promise<void> => {
  await handle(march(1), first);
  await handle(march(2), announced(2, none, march(2)));
  await handle(march(3), second);
};

describe('a hand-off within the cooldown of its tier', () => {
  it('is announced at its instant, with a deadline that counts from then, also if the clock is late', async () => {
    await flap();
    expect(listRequested()).toEqual([[1, march(1), march(2)]]);
    await handle(march(4), due(march(5, '10:00')));
    expect(stored().handoffStatus).toEqual({ S: 'waiting' });
    await handle(march(5, '09:04'), due(march(5)), due(march(5)));
    expect(listRequested()).toEqual([
      [1, march(1), march(2)],
      [3, march(5), march(6)],
    ]);
    expect(stored()).toMatchObject({ handoffStatus: { S: 'open' }, dueAt: { S: march(6) } });
  });

  it('is withdrawn in silence if the policy no longer asks for it', async () => {
    await flap();
    await handle(march(4), announced(4, none, march(4)));
    await handle(march(5), due(march(5)));
    expect(stored().handoffStatus).toEqual({ S: 'withdrawn' });
    expect(listRequested()).toHaveLength(1);
  });

  it('misses its deadlines after an outage of days, each once', async () => {
    // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
    deadlines = { then: { sales: [{ escalateTo: 'head' }] } };
    await flap();
    await handle(march(9), due(march(5)));
    expect(stored()).toMatchObject({ handoffStatus: { S: 'open' }, dueAt: { S: march(6) } });
    expect(stored().dueKey?.S).toMatch(/^2026-03-09T09#/);
    await handle(march(9), due(march(6)));
    expect(stored()).toMatchObject({ escalatedTo: { S: 'head' } });
    expect(stored()).not.toHaveProperty('dueKey');
  });

  it('has the whole time for its first deadline if that had passed by the instant of the lead', async () => {
    await flap();
    prepareBrief = briefAt(march(7));
    await handle(march(9), due(march(5)));
    expect(listRequested().at(-1)).toEqual([3, march(5), march(8)]);
  });

  it('stands still from its beginning if an activity paused it while it waited', async () => {
    await flap();
    const { sampleEvent } = outboundContracts.HandoffDeadlineMoved;
    const { metadata, data } = sampleEvent.detail;
    const detail = {
      metadata: { ...metadata, occurredAt: march(4) },
      data: { ...data, effect: 'paused', version: 4 },
    };
    await handle(march(4), { ...sampleEvent, detail });
    await handle(march(5), due(march(5)));
    expect(listRequested()).toHaveLength(2);
    expect(stored()).toMatchObject({ pausedAt: { S: march(5) }, handoffStatus: { S: 'open' } });
  });

  it('is requested at once if the announcement of the one before comes too late', async () => {
    for (const entry of [second, first, second, announced(2, none, march(2))]) await handle(march(3), entry);
    expect(listRequested()).toEqual([[3, march(3), march(4)]]);
  });
});
