import { type Command, Option } from 'commander';
import { isCanary, type Stage, stages, type Tier, tiers } from '../../events/index.ts';
import { csvHeading, formatTransition, toCsvRow } from '../audit/transitions/format-transition.ts';
import { parsePeriodEnd } from '../audit/transitions/period.ts';
import { readTransitions } from '../audit/transitions/read-transitions.ts';
import { isSought, type Transition } from '../audit/transitions/transition.ts';
import { UsageError } from '../errors.ts';
import { print, printCsv, printJson, untilRead } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { withConnectionOptions } from './connection.ts';

interface TransitionsOptions extends ConnectOptions {
  readonly from?: number;
  readonly to?: number;
  readonly stage?: Stage;
  readonly tier?: Tier;
  readonly lead?: string;
  readonly json?: true;
  readonly csv?: true;
}

const printTransition = (transition: Transition, { json, csv }: TransitionsOptions): void => {
  if (csv) printCsv([toCsvRow(transition)]);
  else if (json) printJson(transition);
  else print(formatTransition(transition));
};

const assertPeriod = ({
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
}: TransitionsOptions): void => {
  if (from < to) return;
  throw new UsageError('--from: it is later than --to; allowed: a period that begins before it ends');
};

const transitions = async (options: TransitionsOptions): Promise<void> => {
  assertPeriod(options);
  await withConnection(options, async ({ dynamodb: client, leadsTable: table }) => {
    const { from, to, lead: leadId } = options;
    const sought = isSought(options);
    if (options.csv) printCsv([csvHeading]);
    for await (const transition of readTransitions({ client, table, leadId, from, to }))
      if (sought(transition) && (leadId !== undefined || !isCanary(transition.leadId))) {
        printTransition(transition, options);
        await untilRead();
      }
  });
};

export const addAuditTransitions = (audit: Command): void => {
  withConnectionOptions(
    audit
      .command('transitions')
      .description('list the transitions of leads between stages and between tiers, lead by lead')
      .option('--from <when>', 'only those since this day or instant, in UTC', parseDayOrInstant)
      .option(
        '--to <when>',
        'only those up to the end of this UTC day, or up to this instant',
        parsePeriodEnd,
      )
      .addOption(new Option('--stage <stage>', 'only those to or from this stage').choices(stages))
      .addOption(new Option('--tier <tier>', 'only those to or from this tier').choices(tiers))
      .option('--lead <lead-id>', 'only those of this lead')
      .addOption(new Option('--json', 'print one JSON object a line, and nothing else').conflicts('csv'))
      .option('--csv', 'print one row a line, for spreadsheets, and nothing else'),
  ).action(transitions);
};
