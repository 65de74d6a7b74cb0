import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import type { RescoreLeadsDeps } from '../../functions/rescore-leads/deps.ts';
import { rescoreLeads } from '../../functions/rescore-leads/rescore-leads.ts';
import { createLeadPageReader } from '../../functions/rescore-leads/stale-leads.ts';
import { leadKey, stateKey } from '../../shared/keys/index.ts';
import { type RescoringJob, requestRescoring, rescoringJobItem } from '../../shared/model-store/index.ts';
import { createRescorings } from '../../shared/rescoring/index.ts';
import { memoryClient } from './memory-dynamodb.ts';

/** When the first job of a world was asked for. */
export const activatedAt = Date.parse('2026-03-10T09:00:00.000Z');

/** A request of a rescoring, when it comes out of the queue of `score-leads`. */
interface ArrivedRequest {
  readonly at: number;
  readonly leadId: string;
  readonly eventId: string;
  readonly occurredAt: string;
  readonly actions: string;
  readonly modelVersion: string;
}

export interface RescoringWorldProps {
  /** The models that have judged the leads, by their ids. */
  readonly leads: Readonly<Record<string, string>>;
  readonly job?: Partial<RescoringJob>;
  readonly pageItems?: number;
  /** Leads that can't be judged. */
  readonly poison?: ReadonlySet<string>;
  /** Returns whether the function ends at this await. */
  readonly crashes?: (await_: string) => boolean;
  /** Returns whether a message comes twice at once. */
  readonly comesTwice?: () => boolean;
  /** Until when functions judge by the model before, in milliseconds since 1970. */
  readonly knownAt?: number;
}

interface Message {
  readonly body: string;
  at: number;
  receives: number;
}

/** The time after which a message that failed comes again, in milliseconds. */
const visibilityMs = 361_000;
const minute = 60_000;

/** A table with leads, the function, its queue, its schedule, and `score-leads` behind another queue, in virtual time. */
export const createRescoringWorld = (props: RescoringWorldProps) => {
  const {
    crashes = () => false,
    poison = new Set<string>(),
    pageItems = 3,
    comesTwice = () => false,
  } = props;
  const client = memoryClient({ tables: { leads: [] } });
  const put = (item: Record<string, unknown>) =>
    client.memory.execute(new PutItemCommand({ TableName: 'leads', Item: item as never }));
  const world = {
    client,
    table: { client, table: 'leads' },
    now: activatedAt,
    own: [] as Message[],
    scoring: [] as { readonly at: number; readonly event: object }[],
    arrived: [] as ArrivedRequest[],
    deadLetters: 0,
    nextWake: activatedAt + minute,
    /** Stores a lead. @param more further attributes of its state */
    putLead: (leadId: string, modelVersion: string, more: object = {}): void => {
      const { pk, sk } = stateKey(leadId);
      put({ pk: { S: pk }, sk: { S: sk }, model: { S: modelVersion }, ...more });
    },
    putJob: (job: Partial<RescoringJob> = {}): void => {
      const asked = { revision: 7, modelVersion: 'm@2', actions: 'all' as const };
      const at = new Date(world.now).toISOString();
      put(rescoringJobItem({ ...requestRescoring({ ...asked, at }), segments: 3, ...job }));
    },
    models: () =>
      Object.fromEntries(
        client.memory
          .items('leads')
          .flatMap(({ pk, sk, model }) =>
            sk?.S === 'STATE' ? [[pk?.S?.replace('LEAD#', '') ?? '', model?.S]] : [],
          ),
      ),
    rescoring: () => createRescorings(world.table).read(),
    wake: (): void => void world.own.push({ body: '{}', at: world.now, receives: 0 }),
  };
  for (const [leadId, model] of Object.entries(props.leads)) {
    world.putLead(leadId, model);
    put({ pk: { S: leadKey(leadId) }, sk: { S: 'EVENT#2026-03-01T09:00:00.000Z#e-1' } });
  }
  world.putJob(props.job);

  const guard =
    <Args extends unknown[], Result>(name: string, work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (crashes(`before ${name}`)) throw new Error(`ended before ${name}`);
      const result = await work(...args);
      if (crashes(`after ${name}`)) throw new Error(`ended after ${name}`);
      return result;
    };
  const rescorings = createRescorings(world.table);
  const deps: RescoreLeadsDeps = {
    rescorings: {
      read: guard('read', rescorings.read),
      moveSegment: guard('moveSegment', rescorings.moveSegment),
      endPass: guard('endPass', rescorings.endPass),
    },
    readPage: guard('readPage', createLeadPageReader(client, 'leads', pageItems)),
    sendToScoring: guard('sendToScoring', async (messages) => {
      for (const { body, delaySeconds } of messages)
        world.scoring.push({ at: world.now + delaySeconds * 1_000, event: body });
    }),
    sendToSelf: guard('sendToSelf', async (messages) => {
      for (const { body, delaySeconds } of messages)
        world.own.push({ body: JSON.stringify(body), at: world.now + delaySeconds * 1_000, receives: 0 });
    }),
    now: () => world.now,
  };
  const handler = rescoreLeads(deps);

  const judge = (): void => {
    const [next] = world.scoring.splice(0, 1);
    if (next === undefined) return;
    const { detail } = next.event as { detail: { metadata: never; data: never } };
    const { eventId, occurredAt } = detail.metadata as ArrivedRequest;
    const { leadId, actions, modelVersion } = detail.data as ArrivedRequest;
    world.arrived.push({ at: next.at, leadId, eventId, occurredAt, actions, modelVersion });
    if (!poison.has(leadId) && next.at >= (props.knownAt ?? 0)) world.putLead(leadId, modelVersion);
  };

  const receive = async (): Promise<void> => {
    const [message] = world.own.splice(0, 1);
    if (message === undefined) return;
    const record = { messageId: 'm', body: message.body, attributes: { ApproximateReceiveCount: '1' } };
    const event = { Records: [record] } as unknown as SQSEvent;
    const answers = await Promise.all(
      Array.from({ length: comesTwice() ? 2 : 1 }, async () => handler(event)),
    );
    if (answers.every(({ batchItemFailures }) => batchItemFailures.length === 0)) return;
    if (message.receives >= 4) world.deadLetters++;
    else world.own.push({ ...message, at: world.now + visibilityMs, receives: message.receives + 1 });
  };

  const byTime = (a: { at: number }, b: { at: number }) => a.at - b.at;
  /** Does what comes next. */
  const step = async (): Promise<void> => {
    world.own.sort(byTime);
    world.scoring.sort(byTime);
    const [own, scoring] = [world.own[0]?.at ?? Infinity, world.scoring[0]?.at ?? Infinity];
    const at = Math.min(own, scoring, world.nextWake);
    world.now = Math.max(world.now, at);
    if (at === scoring) return judge();
    if (at === own) return receive();
    world.nextWake += minute;
    world.wake();
  };

  /** Lets time pass until an instant, or until the rescoring is done. Returns whether it is. */
  const runUntil = async (until: number): Promise<boolean> => {
    for (;;) {
      if ((await world.rescoring())?.job.status === 'done') return true;
      if (world.now >= until) return false;
      await step();
    }
  };
  return Object.assign(world, { handler, runUntil });
};
