import type { Pair } from '../../shared/comparison/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { noteRejected } from '../histories/rejected-entries.ts';
import { type ModelStack, readModelNamed } from '../model/named-model.ts';
import { withRegistry } from '../model/open-registry.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { readStates } from '../table/read-table.ts';
import { compareFiles } from './compare-files.ts';
import { compareShadows } from './compare-shadows.ts';
import { compareTable } from './compare-table.ts';
import type { ComparedModel, Comparison } from './comparison.ts';
import type { CsvFile } from './csv-file.ts';

export interface CompareProps {
  /** The instant as of which both models judge, in milliseconds since 1970. */
  readonly at?: number | undefined;
  /** The most moves that the comparison has: the greatest. */
  readonly mostMoves: number;
  /** Takes all leads that move. */
  readonly csv?: CsvFile | undefined;
}

const readModels = async (names: Pair<string>, stack?: ModelStack): Promise<Pair<ScoringModel>> => ({
  a: await readModelNamed(names.a, stack),
  b: await readModelNamed(names.b, stack),
});

const nameModels = (names: Pair<string>, { a, b }: Pair<ScoringModel>): Pair<ComparedModel> => ({
  a: { name: names.a, version: a.version },
  b: { name: names.b, version: b.version },
});

/** Compares two models on the events of files. */
export const compareOnEvents = async (
  names: Pair<string>,
  files: readonly string[],
  props: CompareProps,
): Promise<Comparison> => {
  const models = await readModels(names);
  const { rejected, ...compared } = await compareFiles({ ...props, models, files, now: Date.now() });
  noteRejected(rejected);
  return { ...compared, models: nameModels(names, models), source: 'events' };
};

/** Returns the instant as of which the leads of a stack are judged. @throws UsageError if it has passed */
const chooseInstant = (given: number | undefined, now: number): number => {
  if (given === undefined || given >= now) return given ?? now;
  const [shown, allowed] = [given, now].map((instant) => new Date(instant).toISOString());
  throw new UsageError(
    `--at: given ${shown}, which has passed; allowed: the instant of the stack, ${allowed}, or later; for an earlier one give --events`,
  );
};

/** Compares two models on the leads of a stack. */
export const compareOnLeads = (
  names: Pair<string>,
  connect: ConnectOptions,
  { at: given, ...props }: CompareProps,
): Promise<Comparison> =>
  withConnection(connect, async (connection) => {
    const at = chooseInstant(given, connection.now());
    const models = await readModels(names, connection);
    const { dynamodb: client, leadsTable: table } = connection;
    const compared = await compareTable({ ...props, client, table, models, at });
    return { ...compared, at, models: nameModels(names, models), source: 'leads' };
  });

/**
 * Compares the model in use with its shadow, as both are stored with the leads of a stack.
 *
 * @throws CliError `NO_SHADOW` if there is no shadow model
 */
export const compareWithShadow = (connect: ConnectOptions, props: CompareProps): Promise<Comparison> =>
  withRegistry(connect, async (registry, { dynamodb, leadsTable, now }) => {
    const pointer = await registry.readPointer();
    if (pointer?.active === undefined || pointer.shadow === undefined) {
      throw new CliError(
        'NO_SHADOW',
        'there is no shadow model; `sluice model shadow VERSION` scores leads by one as well',
      );
    }
    const { active, shadow } = pointer;
    const states = readStates(dynamodb, leadsTable);
    const compared = await compareShadows({ ...props, states, active, shadow });
    const models = {
      a: { name: 'in use', version: active },
      b: { name: 'the shadow', version: shadow },
    };
    return { ...compared, at: now(), models, source: 'shadow' };
  });
