import type { QuarantineAdmin, QuarantineRecord } from '../../shared/quarantine/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { type FilterOptions, filterOf } from './filters.ts';

export interface SelectOptions extends FilterOptions {
  readonly all?: true;
}

const oneOf = async (admin: QuarantineAdmin, given: string): Promise<string> => {
  if (!/^[0-9a-f]{1,32}$/.test(given)) {
    throw new UsageError(
      `id: given ${JSON.stringify(given)}; allowed: an id as \`sluice quarantine list\` shows it, or how it begins`,
    );
  }
  if (given.length === 32) return given;
  const [id, another] = await admin.find(given, 2);
  if (id === undefined)
    throw new CliError('NOT_QUARANTINED', `nothing is quarantined whose id begins ${given}`);
  if (another === undefined) return id;
  throw new CliError(
    'ID_AMBIGUOUS',
    `more than one quarantined event has an id that begins ${given}, such as ${id} and ${another}; give more of it`,
  );
};

/** A quarantined event by its id, or by how its id begins. @throws CliError where there is none, or more than one */
export const readOne = async (admin: QuarantineAdmin, given: string): Promise<QuarantineRecord> => {
  const record = await admin.read(await oneOf(admin, given));
  if (record === undefined)
    throw new CliError('NOT_QUARANTINED', `nothing is quarantined under the id ${given}`);
  return record;
};

const filtered = ({ code, lead, source, since, status }: FilterOptions): boolean =>
  [code, lead, source, since].some((given) => given !== undefined) || status !== 'open';

const checkSelection = (ids: readonly string[], options: SelectOptions): void => {
  if (ids.length > 0 && (options.all || filtered(options)))
    throw new UsageError('given both ids and --all or its filters; allowed: one of the two');
  if (ids.length === 0 && !options.all) {
    const hint = filtered(options) ? '; --all takes what the filters leave' : '';
    throw new UsageError(`given no ids; allowed: ids, or --all with or without filters${hint}`);
  }
};

/** The quarantined events that a command is to work on: those named, all of which must be there, or all that fit. */
export async function* select(
  admin: QuarantineAdmin,
  ids: readonly string[],
  options: SelectOptions,
): AsyncGenerator<QuarantineRecord> {
  checkSelection(ids, options);
  for (const id of ids) yield await readOne(admin, id);
  if (!options.all) return;
  for await (const { id } of admin.list(filterOf(options))) {
    // It may have gone since the list named it.
    const record = await admin.read(id);
    if (record !== undefined) yield record;
  }
}
