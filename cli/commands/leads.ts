import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Command, Option } from 'commander';
import { type Stage, stages, type Tier, tiers } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { note, print, printJson } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { leadRecord } from '../table/lead-record.ts';
import { readStates, readTier } from '../table/read-table.ts';
import { alignedRows } from '../text/table.ts';
import { createTopList } from '../top-list.ts';
import { withConnectionOptions } from './connection.ts';
import { wholeNumber } from './options.ts';

interface LeadsOptions extends ConnectOptions {
  readonly stage?: Stage;
  readonly tier?: Tier;
  readonly limit: number;
  readonly json?: true;
}

interface Found {
  readonly best: readonly LeadState[];
  readonly total: number;
}

const byScore = (a: LeadState, b: LeadState): number => b.score - a.score || (a.leadId < b.leadId ? -1 : 1);

/** Finds the leads with the highest scores, and counts all that match the options. */
const findBest = async (
  states: AsyncIterable<LeadState>,
  { stage, tier, limit }: LeadsOptions,
): Promise<Found> => {
  const best = createTopList(limit, byScore);
  let total = 0;
  for await (const state of states) {
    if ((stage !== undefined && state.stage !== stage) || (tier !== undefined && state.tier !== tier))
      continue;
    total++;
    best.add(state);
  }
  return { best: best.list(), total };
};

/** Reads one tier through its index, and scans the table otherwise. */
const readTierStates = (
  client: DynamoDBClient,
  table: string,
  { tier }: LeadsOptions,
): AsyncIterable<LeadState> =>
  tier === undefined || tier === 'none' ? readStates(client, table) : readTier(client, table, tier);

const formatAction = ({ action }: LeadState): string =>
  action.kind === 'none'
    ? '–'
    : action.kind === 'nurture'
      ? `nurture ${action.track}`
      : `hand-off ${action.queue}`;

const formatTable = (states: readonly LeadState[]): string[] =>
  alignedRows([
    ['lead', 'stage', 'status', 'tier', 'score', 'known', 'action'],
    ...states.map((state) => [
      state.leadId,
      state.stage,
      state.status,
      state.tier,
      state.score,
      `${Math.round(state.coverage * 100)} %`,
      formatAction(state),
    ]),
  ]);

export const addLeads = (program: Command): void => {
  withConnectionOptions(
    program
      .command('leads')
      .description('list the leads of a running stack, the highest scores first')
      .addOption(new Option('--stage <stage>', 'only those at this stage').choices(stages))
      .addOption(new Option('--tier <tier>', 'only those of this tier').choices(tiers))
      .option('--limit <number>', 'the most leads to list', wholeNumber(1, 100_000), 50)
      .option('--json', 'print one JSON object a line, and nothing else'),
  ).action(async (options: LeadsOptions) => {
    const { best, total } = await withConnection(options, ({ dynamodb, leadsTable }) =>
      findBest(readTierStates(dynamodb, leadsTable, options), options),
    );
    if (options.json) for (const state of best) printJson(leadRecord(state));
    else print(formatTable(best));
    if (total > best.length) note(`${best.length} of ${total} leads; --limit shows more`);
  });
};
