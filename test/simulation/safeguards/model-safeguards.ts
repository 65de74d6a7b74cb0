import { BatchGetItemCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../shared/dynamodb/index.ts';
import type { ModelAct } from '../load/model-plan.ts';
import type { Plan } from '../load/plan.ts';
import type { Sabotage } from '../world/sabotage.ts';
import type { Safeguard } from './safeguards.ts';
import { changeParts, type OneWrite, withoutConditions } from './tamper.ts';

const hourMs = 3_600_000;

/** The segments of a rescoring; other scans have fewer. */
const rescoringSegments = 8;

const act = (number: number, more: Partial<ModelAct> = {}): ModelAct => ({
  step: 40 * number,
  act: 'activate',
  number,
  actions: 'none',
  isContested: false,
  ...more,
});

/** Returns a plan in which other models are activated without actions, by which leads would be handed over. */
const withModels = (drawn: Plan): Plan => ({
  ...drawn,
  family: 'small',
  leads: 3,
  events: 30,
  moving: 0.8,
  poison: 0,
  merges: 0,
  erasures: 0,
  replay: false,
  modelActs: [act(2), act(3)],
});

/** Returns a plan in which two people activate models at the same time. */
const contested = (drawn: Plan): Plan => ({
  ...withModels(drawn),
  order: 'any',
  modelActs: [1, 2, 3, 2, 3].map((number, i) => act(number, { step: 30 + 20 * i, isContested: true })),
});

/** Returns a plan in which a model is activated at the end, when leads have more entries than a page of a scan has. */
const longLedgers = (drawn: Plan): Plan => ({
  ...withModels(drawn),
  leads: 2,
  focus: 0,
  events: 60,
  spanMs: 0,
  pageItems: 5,
  modelActs: [act(2, { step: 1_000_000, actions: 'all' })],
});

/** Shows which model is active only an hour after it changed, as if it weren't read again. */
const oldPointer = (): Sabotage => {
  const seen: { at: number; item: Item }[] = [];
  const older = (item: Item): Item => {
    const now = Date.now();
    if (seen.at(-1)?.item.revision?.N !== item.revision?.N) seen.push({ at: now, item });
    return seen.findLast(({ at }, i) => i === 0 || at <= now - hourMs)?.item ?? item;
  };
  return {
    execute: (command, next) => {
      const answer = next(command);
      if (!(command instanceof BatchGetItemCommand) || answer instanceof Promise) return answer;
      const { Responses = {}, ...rest } = answer as { readonly Responses?: Record<string, Item[]> };
      const change = (item: Item): Item => (item.pk?.S === 'MODEL-POINTER' ? older(item) : item);
      return {
        ...rest,
        Responses: Object.fromEntries(
          Object.entries(Responses).map(([table, items]) => [table, items.map(change)]),
        ),
      };
    },
  };
};

/** Stores leads without the mark by which nothing starts until their next own event. */
const withoutWaiting = (): Sabotage => ({
  execute: (command, next) =>
    next(
      changeParts(command, (part) => {
        if (part.Put?.Item?.actionsWait === undefined) return part;
        const { actionsWait: _actionsWait, ...item } = part.Put.Item;
        return { Put: { ...part.Put, Item: item } };
      }),
    ),
});

/** Ends the segments of a rescoring, and of no other scan, after their first page. */
const firstPagesOnly = (): Sabotage => ({
  execute: (command, next) => {
    const answer = next(command);
    const isOfRescoring = command instanceof ScanCommand && command.input.TotalSegments === rescoringSegments;
    if (!isOfRescoring || answer instanceof Promise) return answer;
    const { LastEvaluatedKey: _last, ...page } = answer as ScanCommandOutput;
    return page;
  },
});

const isOfModels = ({ Item: item, Key }: OneWrite): boolean =>
  ['MODEL-POINTER', 'MODEL-HISTORY'].includes((item ?? Key)?.pk?.S ?? '');

export const modelSafeguards: readonly Safeguard[] = [
  {
    name: 'which model is active is read again',
    worlds: withModels,
    sabotage: oldPointer,
    caughtBy: ['I16', 'I11'],
  },
  {
    name: 'a lead remembers that nothing starts until its next own event',
    worlds: withModels,
    sabotage: withoutWaiting,
    caughtBy: ['I2', 'quiet'],
  },
  {
    name: 'of two changes of the models at once, one is refused',
    worlds: contested,
    sabotage: () => withoutConditions(isOfModels),
    caughtBy: ['I16'],
  },
  {
    name: 'a segment of a rescoring is read to its end',
    worlds: longLedgers,
    sabotage: firstPagesOnly,
    caughtBy: ['I11'],
  },
];
