import { listPairs, type Pair } from '../../shared/identity/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import type { Connection } from '../stack/connect.ts';
import { readStatesOf } from '../table/read-table.ts';

/** A pair with its leads, as far as they are there: neither merged nor erased. */
export interface Duplicate extends Pair {
  readonly leads: readonly [LeadState | undefined, LeadState | undefined];
}

/** Returns the table of identities of a stack. @throws CliError `OUTPUT_MISSING` */
export const identitiesOf = ({ dynamodb: client, output }: Connection) => ({
  client,
  table: output('IdentitiesTableName'),
});

const isOpen = ({ status, leads }: Duplicate): boolean =>
  status === 'suggested' && leads.every((lead) => lead !== undefined);

/**
 * Finds pairs of leads, the latest first.
 *
 * @param all whether to find those too that were dismissed or merged, or of which a lead is gone
 */
export const findDuplicates = async (connection: Connection, all: boolean): Promise<Duplicate[]> => {
  const { dynamodb, leadsTable } = connection;
  const found: Duplicate[] = [];
  for await (const pairs of listPairs(identitiesOf(connection))) {
    const ids = new Set(pairs.flatMap(({ leadIds }) => leadIds));
    const states = await Array.fromAsync(readStatesOf(dynamodb, leadsTable, [...ids]));
    const leads = new Map(states.map((lead) => [lead.leadId, lead]));
    const duplicates = pairs.map(
      (pair): Duplicate => ({ ...pair, leads: [leads.get(pair.leadIds[0]), leads.get(pair.leadIds[1])] }),
    );
    found.push(...(all ? duplicates : duplicates.filter(isOpen)));
  }
  return found.toSorted((a, b) => (a.notedAt < b.notedAt ? 1 : a.notedAt > b.notedAt ? -1 : 0));
};
