import { BatchGetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../shared/dynamodb/index.ts';
import type { Plan } from '../load/plan.ts';
import type { Sabotage } from '../world/sabotage.ts';
import type { Safeguard } from './safeguards.ts';
import { changeParts, type OneWrite, sortKeyOf, withoutConditions } from './tamper.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Returns a plan in which time passes, with a model by which it changes much. */
const timed = (drawn: Plan): Plan => ({
  ...drawn,
  family: 'fading',
  leads: 3,
  events: 30,
  spanMs: 30 * dayMs,
  afterwardsMs: 30 * dayMs,
  merges: 0,
  erasures: 0,
  poison: 0,
  modelActs: [],
});

/** Returns a timed plan in which events come late. */
const late = (drawn: Plan): Plan => ({ ...timed(drawn), lateness: 0.8 });

/** Returns a timed plan in which the history of leads is loaded. */
const withHistory = (drawn: Plan): Plan => ({ ...timed(drawn), backfilling: 1 });

/** Returns a timed plan with many messages at once, of which many come twice. */
const crowded = (drawn: Plan): Plan => ({
  ...timed(drawn),
  leads: 2,
  focus: 0.9,
  doubleWakes: 1,
  lateWakes: 0.8,
  latestWakeMs: 30 * hourMs,
  lateness: 0.5,
  scoring: { batchSize: 1, concurrency: 5 },
  following: { batchSize: 1, concurrency: 5 },
  order: 'any',
  replay: false,
  rates: { ...drawn.rates, duplicate: 0.4, redelivery: 0.4, stall: 0.1 },
});

const isState = (write: OneWrite): boolean => sortKeyOf(write) === 'STATE';

/** Changes the states that functions read. */
const readingStates = (change: (item: Item) => Item): Sabotage => ({
  execute: (command, next) => {
    if (!(command instanceof BatchGetItemCommand)) return next(command);
    const changed = ({ Responses, ...answer }: { readonly Responses?: Record<string, Item[]> }) => ({
      ...answer,
      Responses: Object.fromEntries(
        Object.entries(Responses ?? {}).map(([table, items]) => [
          table,
          items.map((item) => (item.sk?.S === 'STATE' ? change(item) : item)),
        ]),
      ),
    });
    const answer = next(command);
    return answer instanceof Promise ? answer.then(changed) : changed(answer);
  },
});

/** Shows when a lead is due only once it was woken, so that no event finds that time has changed it before. */
const noCatchUp = (): Sabotage => {
  const woken = new Set<string>();
  return {
    ...readingStates((item) =>
      item.dueAt === undefined || woken.has(`${item.pk?.S} ${item.dueAt.S}`)
        ? item
        : { ...item, dueAt: { S: '2999-01-01T00:00:00.000Z' } },
    ),
    message: (body) => {
      const { detail } = JSON.parse(body) as {
        detail: { metadata: { occurredAt: string }; data: { leadId: string } };
      };
      woken.add(`LEAD#${detail.data.leadId} ${detail.metadata.occurredAt}`);
    },
  };
};

/** Changes each item that a transaction puts or that an update sets. */
const writing = (change: (item: Item) => Item): Sabotage => ({
  execute: (command, next) =>
    next(
      changeParts(command, (part) =>
        part.Put?.Item ? { Put: { ...part.Put, Item: change(part.Put.Item) } } : part,
      ),
    ),
});

/** Indexes what was due before it is written in the hour at which it was due, which is over. */
const hourOfDueTime = (): Sabotage =>
  writing((item) => {
    const [dueAt, dueKey] = [item.dueAt?.S, item.dueKey?.S];
    if (dueAt === undefined || dueKey === undefined) return item;
    return { ...item, dueKey: { S: `${dueAt.slice(0, 13)}${dueKey.slice(13)}` } };
  });

/** Notes the hour of now as done, although more will be due in it. */
const doneTooEarly = (): Sabotage => ({
  execute: (command, next) => {
    const values = command instanceof UpdateItemCommand ? command.input.ExpressionAttributeValues : undefined;
    if (!(command instanceof UpdateItemCommand) || values?.[':doneHour'] === undefined) return next(command);
    const hour = new Date(Date.now() - (Date.now() % hourMs)).toISOString();
    const input = { ...command.input, ExpressionAttributeValues: { ...values, ':doneHour': { S: hour } } };
    return next(new UpdateItemCommand(input));
  },
});

/** Stores the changes of history as those of any other event. */
const loudHistory = (): Sabotage =>
  writing(({ silent, ...item }) => (silent === undefined ? item : { ...item, changes: silent }));

const withoutAnnounced = ({ announced: _announced, ...item }: Item): Item => item;

/** Shows leads whose history isn't settled as due now. */
const settledAtOnce = (): Sabotage =>
  readingStates((item) =>
    item.announced === undefined ? item : { ...item, dueAt: { S: new Date(Date.now()).toISOString() } },
  );

export const timeSafeguards: readonly Safeguard[] = [
  {
    name: 'what time has changed is decided before a later event',
    worlds: late,
    sabotage: noCatchUp,
    caughtBy: ['I14'],
  },
  {
    name: 'what was due before it is written is indexed in the hour of writing',
    worlds: late,
    sabotage: hourOfDueTime,
    caughtBy: ['I14'],
  },
  {
    name: 'an hour is done only when it is over',
    worlds: timed,
    sabotage: doneTooEarly,
    caughtBy: ['I14'],
  },
  {
    name: 'the changes of history are silent',
    worlds: withHistory,
    sabotage: loudHistory,
    caughtBy: ['I15'],
  },
  {
    name: 'history is settled against what was announced last',
    worlds: withHistory,
    sabotage: () => readingStates(withoutAnnounced),
    caughtBy: ['I2', 'I4', 'I15'],
  },
  {
    name: 'a message of the clock before its time is ignored',
    worlds: (drawn) => ({
      ...withHistory(drawn),
      doubleWakes: 1,
      rates: { ...drawn.rates, duplicate: 0.5, undeleted: 0.5 },
    }),
    sabotage: settledAtOnce,
    caughtBy: ['I15'],
  },
  {
    name: 'a lead is moved in the index only as it was read',
    // Another writer comes between the read and the write only if much happens at once and calls are slow.
    worlds: (drawn) => {
      const plan = crowded(drawn);
      const rates = { ...plan.rates, stall: 0.6 };
      return { ...plan, events: 150, spanMs: 5 * dayMs, payloads: 0, delivering: false, rates };
    },
    sabotage: () => withoutConditions((write) => isState(write) && write.UpdateExpression !== undefined),
    caughtBy: ['I14'],
  },
  {
    name: 'a deadline is missed only if the hand-off is as it was read',
    // Verdicts come at the last moment only if wake-ups are punctual.
    worlds: (drawn) => ({
      ...crowded(drawn),
      ...{ answering: 1, moving: 0.9, variety: 0, lateness: 0, lateWakes: 0, outages: [], breakdowns: [] },
    }),
    sabotage: () =>
      withoutConditions((write) =>
        (write.ConditionExpression ?? '').includes('#handoffStatus = :open AND #deadline'),
      ),
    caughtBy: ['followed', 'verdicts', 'I4', 'I14'],
  },
  {
    name: 'a nurture track begins only if it is as it was read',
    worlds: (drawn) => ({ ...crowded(drawn), moving: 0.9, spanMs: 0 }),
    sabotage: () => withoutConditions((write) => sortKeyOf(write) === 'NURTURE'),
    caughtBy: ['followed', 'limits', 'I4', 'I14'],
  },
];
