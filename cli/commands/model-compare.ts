import { type Command, Option } from 'commander';
import type { Comparison } from '../compare/comparison.ts';
import { comparisonRecord } from '../compare/record.ts';
import {
  type CompareProps,
  compareOnEvents,
  compareOnLeads,
  compareWithShadow,
} from '../compare/run-comparison.ts';
import { formatComparison } from '../compare/words/format-comparison.ts';
import { withResultFiles } from '../compare/write-results.ts';
import { UsageError } from '../errors.ts';
import { assertDistinct } from '../files/assert-distinct.ts';
import { listModelFiles } from '../model/named-model.ts';
import { print, printJson } from '../output/print.ts';
import { type ConnectOptions, defaultEndpoint, endpointVariable } from '../stack/connect.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';
import { wholeNumber } from './options.ts';

interface CompareOptions extends Partial<ConnectOptions> {
  readonly events?: readonly string[];
  readonly shadow?: true;
  readonly at?: number;
  readonly top: number;
  readonly json?: true;
  readonly csv?: string;
  readonly svg?: string;
}

/** Returns the stack that is meant if none is named, as for the other commands. */
const usualEndpoint = (): string => process.env[endpointVariable] ?? defaultEndpoint;

/** A comparison that was asked for in a way that makes sense. */
type Ask = (props: CompareProps) => Promise<Comparison>;

const connectOf = ({ outputs, deployment, table }: CompareOptions, endpoint: string): ConnectOptions => ({
  endpoint,
  outputs,
  deployment,
  table,
});

/** Returns what is asked for with the shadow. @throws UsageError */
const askShadow = (names: readonly string[], options: CompareOptions): Ask => {
  const { events, at, endpoint = usualEndpoint() } = options;
  if (names.length > 0)
    throw new UsageError(
      'given --shadow and models; allowed: --shadow alone, which compares those of the stack',
    );
  if (events !== undefined || at !== undefined) {
    const given = events === undefined ? '--at' : '--events';
    throw new UsageError(
      `given --shadow and ${given}; allowed: --shadow without it, which judges nothing anew`,
    );
  }
  return (props) => compareWithShadow(connectOf(options, endpoint), props);
};

/** Returns what is asked for. @throws UsageError */
const readAsk = (names: readonly string[], options: CompareOptions): Ask => {
  const { events, endpoint, shadow } = options;
  if (shadow) return askShadow(names, options);
  const [a, b] = names;
  if (a === undefined || b === undefined)
    throw new UsageError(`given ${names.length} models; allowed: two, or none with --shadow`);
  if (events !== undefined && endpoint !== undefined)
    throw new UsageError('given --events and --endpoint; allowed: one of the two');
  return events !== undefined
    ? (props) => compareOnEvents({ a, b }, events, props)
    : (props) => compareOnLeads({ a, b }, connectOf(options, endpoint ?? usualEndpoint()), props);
};

const compareModels = async (
  a: string | undefined,
  b: string | undefined,
  options: CompareOptions,
): Promise<void> => {
  const { events = [], csv, svg, json, at, top } = options;
  const names = [a, b].filter((name) => name !== undefined);
  const ask = readAsk(names, options);
  const writes = [csv, svg].filter((file) => file !== undefined);
  await assertDistinct([...names.flatMap(listModelFiles), ...events], writes);
  const comparison = await withResultFiles({ csv, svg }, (file) => ask({ at, mostMoves: top, csv: file }));
  if (json) printJson(comparisonRecord(comparison));
  else print(formatComparison(comparison));
};

/** Adds the command that shows how leads would stand by another model. */
export const addModelCompare = (model: Command): void => {
  model
    .command('compare')
    .description(
      'show which leads would stand elsewhere by model B than by model A, and why; nothing is stored or started',
    )
    .argument('[a]', 'a file, or a published model such as success-ready@5: the one in use')
    .argument('[b]', 'another one, which would take its place')
    .option(
      '--events <file>',
      'judge the leads of a file of events; more than once for several files, - for standard input',
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .option(
      '--endpoint <url>',
      `judge the leads of a stack: the URL of a local one, or aws (default: "${defaultEndpoint}", env: ${endpointVariable})`,
    )
    .option('--outputs <file>', 'with --endpoint aws: the file that `npm run deploy` wrote')
    .option('--deployment <name>', 'with --endpoint aws: one of several deployments in that file')
    .option('--table <name>', "with --endpoint: a leads table in place of the stack's own")
    .option(
      '--at <when>',
      'the instant, or the day from midnight UTC, as of which both judge (default: the last event, or now)',
      parseDayOrInstant,
    )
    .addOption(
      new Option('--top <number>', 'the most leads that --json lists, those that move most')
        .argParser(wholeNumber(0, 10_000))
        .default(100),
    )
    .option(
      '--shadow',
      'compare the model in use with its shadow, as both have judged the leads of a stack last',
    )
    .option('--json', 'print one JSON object, and nothing else')
    .option('--csv <file>', 'write all leads that move to a file, for spreadsheets')
    .option('--svg <file>', 'draw how leads flow between the tiers')
    .action(compareModels);
};
