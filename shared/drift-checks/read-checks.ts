import { paginateQuery, QueryCommand } from '@aws-sdk/client-dynamodb';
import { hasLeads, hasOutcomes } from '../drift/index.ts';
import { S, selectAttributes, type TableProps } from '../dynamodb/index.ts';
import { driftPartition } from '../keys/index.ts';
import { checkAttributes, type DriftCheck, parseCheck } from './check.ts';

type Table = Pick<TableProps, 'client' | 'table'>;

const select = selectAttributes(['pk', 'sk', ...checkAttributes]);

const queryOf = (table: string) => ({
  TableName: table,
  ...select,
  KeyConditionExpression: '#pk = :pk',
  ExpressionAttributeValues: { ':pk': S(driftPartition) },
});

/** Reads the last check; undefined if there was none. */
export const readLastCheck = async ({ client, table }: Table): Promise<DriftCheck | undefined> => {
  const query = new QueryCommand({ ...queryOf(table), ScanIndexForward: false, Limit: 1 });
  const [item] = (await client.send(query)).Items ?? [];
  return item && parseCheck(item);
};

/** The checks with which the next one is compared; undefined if none has enough leads, or enough outcomes. */
export interface DriftReferenceChecks {
  readonly leads: DriftCheck | undefined;
  readonly outcomes: DriftCheck | undefined;
}

/**
 * Reads the references of a model: the first of its checks that has enough leads, and the first that has enough outcomes,
 * which become known months after a model is activated.
 */
export const readReferences = async (
  { client, table }: Table,
  version: string,
): Promise<DriftReferenceChecks> => {
  let leads: DriftCheck | undefined;
  let outcomes: DriftCheck | undefined;
  for await (const { Items = [] } of paginateQuery({ client }, queryOf(table))) {
    for (const check of Items.map(parseCheck)) {
      if (check.modelVersion !== version) continue;
      if (leads === undefined && hasLeads(check.tally)) leads = check;
      if (outcomes === undefined && hasOutcomes(check.tally)) outcomes = check;
    }
    if (leads !== undefined && outcomes !== undefined) break;
  }
  return { leads, outcomes };
};
