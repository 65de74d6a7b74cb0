import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { dayMs, stages } from '../../events/index.ts';
import { type Item, json, number, S, selectAttributes, text } from '../../shared/dynamodb/index.ts';
import { entryRange, leadKey } from '../../shared/keys/index.ts';
import type { EntryStanding } from '../../shared/ledger/index.ts';
import type { CheckDriftDeps } from './deps.ts';

/** The time after a lead was qualified within which a win counts. */
const horizonMs = 90 * dayMs;

/** The time before that in which leads of a check were qualified. */
const qualifiedMs = 90 * dayMs;

/** The time since which a lead must have been heard of to have an outcome that counts. */
export const oldestMs = horizonMs + qualifiedMs;

/** The outcome of a lead that was qualified long enough ago. */
export interface RipeOutcome {
  /** The score that the lead had when it was qualified. */
  readonly score: number;
  readonly hasWon: boolean;
}

/** The standing of a lead after an event, and the instant as of which that was, in milliseconds since 1970. */
interface Step {
  readonly at: number;
  readonly standing: Pick<EntryStanding, 'stage' | 'score' | 'modelVersion'>;
}

/** The attributes that are read of an entry. Rights are limited to them; see infra/constructs/item-attributes.ts. */
const select = selectAttributes(['pk', 'sk', 'version', 'ordinal', 'standing']);

const instantOf = (item: Item): number =>
  Date.parse(text(item, 'sk').slice(entryRange.from.length).split('#', 1)[0] ?? '');

/** Returns how a lead stood after each entry, in the order in which they were decided. */
const listSteps = (entries: readonly Item[]): Step[] => {
  let at = Number.NEGATIVE_INFINITY;
  return entries
    .filter(({ standing }) => standing !== undefined)
    .toSorted(
      (a, b) => number(a, 'version') - number(b, 'version') || number(a, 'ordinal') - number(b, 'ordinal'),
    )
    .map((item) => {
      // An event that comes late changes how the lead stands now, not how it stood then.
      at = Math.max(at, instantOf(item));
      return { at, standing: json<EntryStanding>(item, 'standing') };
    });
};

const isQualified = ({ standing: { stage } }: Step): boolean =>
  stages.indexOf(stage) >= stages.indexOf('mql');

/**
 * Returns the outcome of a lead by its steps; undefined if it isn't known yet or too old, if another model had judged the
 * lead when it was qualified, or if it was a customer by then.
 */
const findOutcome = (steps: readonly Step[], modelVersion: string, now: number): RipeOutcome | undefined => {
  const cut = steps.find(isQualified);
  if (cut === undefined || cut.standing.stage === 'customer') return undefined;
  const isRipe = cut.at <= now - horizonMs && cut.at > now - oldestMs;
  if (!isRipe || cut.standing.modelVersion !== modelVersion) return undefined;
  const won = steps.find(({ standing }) => standing.stage === 'customer');
  return { score: cut.standing.score, hasWon: won !== undefined && won.at <= cut.at + horizonMs };
};

/**
 * Reads the outcome of a lead from its ledger. A ledger of more than a page is left out, so that what is read is bounded:
 * no person causes so many events.
 */
export const readOutcome = async (
  { client, table }: Pick<CheckDriftDeps, 'client' | 'table'>,
  leadId: string,
  modelVersion: string,
  now: number,
): Promise<RipeOutcome | undefined> => {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      ...select,
      KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :entry)',
      ExpressionAttributeValues: { ':pk': S(leadKey(leadId)), ':entry': S(entryRange.from) },
    }),
  );
  return LastEvaluatedKey === undefined ? findOutcome(listSteps(Items), modelVersion, now) : undefined;
};
