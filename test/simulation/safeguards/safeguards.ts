import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { cancelled } from '../../../infra/local/engine/memory/errors.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import type { Plan } from '../load/plan.ts';
import type { Sabotage } from '../world/sabotage.ts';
import {
  changeParts,
  type OneWrite,
  sortKeyOf,
  withoutCommands,
  withoutConditions,
  withoutParts,
} from './tamper.ts';

/** A safeguard of the product, how it is removed, and the invariants that fail without it. */
export interface Safeguard {
  readonly name: string;
  readonly sabotage: () => Sabotage;
  /** The invariants at least one of which finds it. */
  readonly caughtBy: readonly string[];
  /** Changes the drawn plans, if most of them seldom need the safeguard. */
  readonly worlds?: (drawn: Plan) => Plan;
}

/** Returns a plan with leads that are handed over again and again, and sales that always answers. */
const fullOfHandoffs = (drawn: Plan): Plan => ({
  ...drawn,
  family: 'small',
  leads: 2,
  events: 30,
  moving: 0.9,
  isChronological: true,
  merges: 0,
  erasures: 0,
  answering: 1,
  following: { batchSize: 4, concurrency: 4 },
  order: 'any',
  replay: false,
  rates: { ...drawn.rates, throttled: 0.3, duplicate: 0.3 },
});

/** Returns a plan with few leads whose moves are counted by several functions at once. */
const fullOfMoves = (drawn: Plan): Plan => ({
  ...drawn,
  leads: 2,
  moving: 0.9,
  isChronological: true,
  following: { batchSize: 2, concurrency: 5 },
  order: 'any',
  rates: { ...drawn.rates, throttled: 0.3, duplicate: 0.3 },
});

const isState = (write: OneWrite): boolean => sortKeyOf(write) === 'STATE';
const isEntry = (write: OneWrite): boolean => sortKeyOf(write).startsWith('EVENT#');
const isHandoff = (write: OneWrite): boolean => sortKeyOf(write).startsWith('HANDOFF#');
const isPointer = (write: OneWrite): boolean => sortKeyOf(write) === 'HANDOFF';
const isFunnel = (write: OneWrite): boolean => sortKeyOf(write) === 'FUNNEL';
const isOfQuarantine = ({ TableName }: OneWrite): boolean => TableName === 'quarantine';

/** Assigns an announcement a different id at each try, as if ids were random. */
const drawnIds = (): Sabotage => {
  let count = 0;
  return {
    entry: (entry) => {
      if (entry.Source !== 'sluice') return entry;
      const detail = JSON.parse(entry.Detail ?? '{}') as { metadata: object };
      const metadata = { ...detail.metadata, eventId: `drawn-${++count}` };
      return { ...entry, Detail: JSON.stringify({ ...detail, metadata }) };
    },
  };
};

interface Answer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export const answering = (functionName: string, change: (answer: Answer) => Answer) => (): Sabotage => ({
  answer: (name, answer) => (name === functionName ? change(answer as Answer) : answer),
});

export const reportNoFailure = (): Answer => ({ batchItemFailures: [] });
const reportLastFailure = ({ batchItemFailures }: Answer): Answer => ({
  batchItemFailures: batchItemFailures.slice(-1),
});

/** Answers look-ups of entries with nothing. */
const blindLookups = (): Sabotage => ({
  execute: (command, next) => {
    if (!(command instanceof BatchGetItemCommand)) return next(command);
    const [[table, { Keys = [] }] = ['', {}]] = Object.entries(command.input.RequestItems ?? {});
    return Keys.some((Key) => isEntry({ Key })) ? { Responses: { [table]: [] } } : next(command);
  },
});

const buildCommand = ({ Put, Update, Delete }: TransactWriteItem) => {
  if (Put) return new PutItemCommand(Put as never);
  if (Update) return new UpdateItemCommand(Update as never);
  return Delete && new DeleteItemCommand(Delete as never);
};

/** Carries out the parts of transactions one after the other, each by itself. */
const tornTransactions = (which: (parts: readonly TransactWriteItem[]) => boolean): Sabotage => ({
  execute: (command, next) => {
    if (!(command instanceof TransactWriteItemsCommand) || !which(command.input.TransactItems ?? []))
      return next(command);
    const reasons = (command.input.TransactItems ?? []).map((part) => {
      const single = buildCommand(part);
      try {
        if (single !== undefined) next(single);
        return { Code: 'None' };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return { Code: 'ConditionalCheckFailed', ...(error.Item !== undefined && { Item: error.Item }) };
      }
    });
    if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
    return {};
  },
});

/** Answers every look at a lead's status with that of an erased one. */
const everythingErased = (): Sabotage => ({
  execute: (command, next) => {
    if (!(command instanceof BatchGetItemCommand)) return next(command);
    const [[table, { ProjectionExpression = '' }] = ['', {}]] = Object.entries(
      command.input.RequestItems ?? {},
    );
    if (!ProjectionExpression.startsWith('#status')) return next(command);
    return { Responses: { [table]: [{ status: { S: 'erased' } }] } };
  },
});

/** Removes the state of an erased lead, which should stay as a tombstone. */
const noTombstones = (): Sabotage => ({
  execute: (command, next) =>
    next(
      changeParts(command, (part) => {
        const { Put } = part;
        if (Put?.Item?.status?.S !== 'erased') return part;
        const { pk, sk } = Put.Item;
        return { Delete: { TableName: Put.TableName, Key: { pk, sk } as never } };
      }),
    ),
});

/** Removes the link of every entry to the one before it. */
const noLinks = (): Sabotage => ({
  execute: (command, next) =>
    next(
      changeParts(command, (part) => {
        if (part.Put?.Item?.prev === undefined) return part;
        const { prev: _prev, ...Item } = part.Put.Item;
        return { Put: { ...part.Put, Item } };
      }),
    ),
});

/** Answers look-ups of what was counted of leads as if it were the very first entry of each. */
const forgottenPositions = (): Sabotage['execute'] => (command, next) => {
  const answer = next(command);
  if (!(command instanceof BatchGetItemCommand)) return answer;
  const { Responses = {}, ...more } = answer as BatchGetItemCommandOutput;
  const forget = (item: Item): Item =>
    sortKeyOf({ Key: item }) === 'FUNNEL' ? { ...item, countedPosition: { S: '000000000000.000' } } : item;
  return {
    ...more,
    Responses: Object.fromEntries(
      Object.entries(Responses).map(([table, items]) => [table, items.map(forget)]),
    ),
  };
};

/** Counts whatever comes, also what was counted before: neither the look-up nor the condition of the write stops it. */
const countsAnything = (): Sabotage => {
  const unconditional = withoutConditions(isFunnel).execute;
  const forgotten = forgottenPositions();
  return {
    execute: (command, next) => unconditional?.(command, (one) => forgotten?.(one, next) as object) as object,
  };
};

export const safeguards: readonly Safeguard[] = [
  {
    name: 'the state is written only upon the version that was decided upon',
    sabotage: () => withoutConditions(isState),
    caughtBy: ['I2', 'I4'],
  },
  {
    name: 'an entry is written only where there is none',
    sabotage: () => withoutConditions(isEntry),
    caughtBy: ['I1'],
  },
  {
    name: 'a transaction is written whole or not at all',
    sabotage: () => tornTransactions(() => true),
    caughtBy: ['I7'],
  },
  {
    name: 'announcements have ids that are worked out',
    sabotage: drawnIds,
    caughtBy: ['I4'],
  },
  {
    name: 'publish-changes says which records failed',
    sabotage: answering('publish-changes', reportNoFailure),
    caughtBy: ['I4'],
  },
  {
    name: 'publish-changes says the first record that failed, where the stream goes on',
    sabotage: answering('publish-changes', reportLastFailure),
    caughtBy: ['I4'],
  },
  {
    name: 'score-leads says which messages failed',
    sabotage: answering('score-leads', reportNoFailure),
    caughtBy: ['I5'],
  },
  {
    name: 'hand-off says which messages failed',
    sabotage: answering('hand-off', reportNoFailure),
    caughtBy: ['followed', 'verdicts'],
  },
  {
    name: 'start-nurture follows only what is later',
    sabotage: () => withoutConditions((write) => sortKeyOf(write) === 'NURTURE'),
    caughtBy: ['followed'],
  },
  {
    name: 'hand-off follows only what is later',
    sabotage: () => withoutConditions(isPointer),
    caughtBy: ['followed'],
  },
  {
    name: 'a hand-off is opened only where there is none',
    worlds: fullOfHandoffs,
    sabotage: () =>
      withoutConditions(
        (write) => isHandoff(write) && write.ConditionExpression === 'attribute_not_exists(pk)',
      ),
    caughtBy: ['followed', 'verdicts'],
  },
  {
    name: 'only an earlier verdict replaces a verdict',
    sabotage: () =>
      withoutConditions(
        (write) => isHandoff(write) && (write.ConditionExpression ?? '').includes('answeredAt'),
      ),
    caughtBy: ['verdicts'],
  },
  {
    name: 'only what is open is withdrawn',
    worlds: fullOfHandoffs,
    sabotage: () =>
      withoutConditions(
        (write) => isHandoff(write) && write.ConditionExpression === '#handoffStatus = :open',
      ),
    caughtBy: ['followed', 'verdicts'],
  },
  {
    name: 'no verdict is noted on an erased lead',
    // The mark that refuses verdicts is set a minute after the erasure, so events have to take longer than that.
    worlds: (drawn) => ({ ...drawn, erasures: 2, events: 40, producers: 1, longestPauseMs: 20_000 }),
    sabotage: () =>
      withoutParts((write) => write.ConditionExpression === 'attribute_not_exists(#handoffStatus)'),
    caughtBy: ['I10'],
  },
  {
    name: 'a rejected event is stored before its message is deleted',
    sabotage: () => withoutCommands(isOfQuarantine),
    caughtBy: ['I5'],
  },
  {
    name: 'a model is stored before any lead is judged by it',
    sabotage: () => withoutParts(({ Item }) => Item?.sk?.S === 'MODEL'),
    caughtBy: ['I5', 'I6'],
  },
  {
    name: 'events of a merged lead are looked for in its own ledger first',
    sabotage: blindLookups,
    caughtBy: ['I1'],
  },
  {
    name: 'a merge closes the merged lead in the same transaction',
    sabotage: () =>
      withoutParts(
        (write) =>
          write.Item?.status?.S === 'merged' || write.Item?.changes?.S?.includes('LeadRedirected') === true,
      ),
    caughtBy: ['I3', 'I13'],
  },
  {
    name: 'an entry is chained to the one before it',
    sabotage: noLinks,
    caughtBy: ['I9'],
  },
  {
    name: 'an erased lead leaves a tombstone',
    sabotage: noTombstones,
    caughtBy: ['I10', 'I2'],
  },
  {
    name: 'erase-lead looks whether the lead was erased',
    worlds: (drawn) => ({ ...drawn, forgeries: 4 }),
    sabotage: everythingErased,
    caughtBy: ['I10'],
  },
  {
    name: 'the entries of an erased lead lose what is personal',
    sabotage: () =>
      withoutCommands((write) => isEntry(write) && (write.UpdateExpression ?? '').includes('commitment')),
    caughtBy: ['I10'],
  },
  {
    name: 'the hand-offs of an erased lead lose what is personal',
    sabotage: () => withoutCommands((write) => (write.UpdateExpression ?? '').includes('erasedAt')),
    caughtBy: ['I10'],
  },
  {
    name: 'what was quarantined of an erased lead loses what is personal',
    sabotage: () =>
      withoutCommands(
        (write) => isOfQuarantine(write) && (write.UpdateExpression ?? '').startsWith('REMOVE'),
      ),
    caughtBy: ['I10'],
  },
  {
    name: 'a lead is counted only upon what was counted of it before',
    worlds: fullOfMoves,
    sabotage: () => withoutConditions(isFunnel),
    caughtBy: ['I19'],
  },
  {
    name: 'what is older than what was counted of a lead is not counted',
    sabotage: countsAnything,
    caughtBy: ['I19'],
  },
  {
    name: 'leads and counters are counted in one transaction',
    worlds: fullOfMoves,
    sabotage: () =>
      tornTransactions((parts) => parts.some(({ Update }) => isFunnel((Update ?? {}) as OneWrite))),
    caughtBy: ['I19'],
  },
  {
    name: 'count-funnel says which messages failed',
    sabotage: answering('count-funnel', reportNoFailure),
    caughtBy: ['I19'],
  },
];
