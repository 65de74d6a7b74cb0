import { showValue } from '../../events/index.ts';
import type { QuarantineAdmin, QuarantineRecord } from '../../shared/quarantine/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { buildFilter, type FilterOptions } from './filters.ts';

export interface SelectOptions extends FilterOptions {
  readonly all?: true;
}

const resolveId = async (admin: QuarantineAdmin, given: string): Promise<string> => {
  if (!/^[0-9a-f]{1,32}$/.test(given)) {
    throw new UsageError(
      `id: given ${showValue(given)}; allowed: an id as \`sluice quarantine list\` shows it, or the beginning of one`,
    );
  }
  if (given.length === 32) return given;
  const [id, another] = await admin.find(given, 2);
  if (id === undefined)
    throw new CliError('NOT_QUARANTINED', `no quarantined event has an id that begins with ${given}`);
  if (another === undefined) return id;
  throw new CliError(
    'ID_AMBIGUOUS',
    `more than one quarantined event has an id that begins with ${given}, such as ${id} and ${another}; give more of it`,
  );
};

/**
 * Reads a quarantined event by its id, or by the beginning of its id.
 *
 * @throws CliError if there is no such event, or more than one
 */
export const readOne = async (admin: QuarantineAdmin, given: string): Promise<QuarantineRecord> => {
  const record = await admin.read(await resolveId(admin, given));
  if (record === undefined) throw new CliError('NOT_QUARANTINED', `no quarantined event has the id ${given}`);
  return record;
};

const hasFilters = ({ code, lead, source, since, status }: FilterOptions): boolean =>
  [code, lead, source, since].some((given) => given !== undefined) || status !== 'open';

const checkSelection = (ids: readonly string[], options: SelectOptions): void => {
  if (ids.length > 0 && (options.all || hasFilters(options)))
    throw new UsageError('given both ids and --all or its filters; allowed: one of the two');
  if (ids.length === 0 && !options.all) {
    const hint = hasFilters(options) ? '; --all selects the events that match the filters' : '';
    throw new UsageError(`given no ids; allowed: ids, or --all with or without filters${hint}`);
  }
};

/**
 * Yields the quarantined events that a command works on: those with the given ids, or with `--all` those that match the
 * filters.
 *
 * @throws CliError if an event with a given id does not exist
 * @throws UsageError if the options contradict each other
 */
export async function* select(
  admin: QuarantineAdmin,
  ids: readonly string[],
  options: SelectOptions,
): AsyncGenerator<QuarantineRecord> {
  checkSelection(ids, options);
  for (const id of ids) yield await readOne(admin, id);
  if (!options.all) return;
  for await (const { id } of admin.list(buildFilter(options))) {
    // It may have expired since the list was read.
    const record = await admin.read(id);
    if (record !== undefined) yield record;
  }
}
