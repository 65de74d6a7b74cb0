import { type DynamoDBClient, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../../../shared/dynamodb/index.ts';
import { entryRange, leadKey } from '../../../shared/keys/index.ts';
import { parseEntry } from '../../../shared/ledger/index.ts';
import { listTransitions, type Transition } from './transition.ts';

export interface TransitionsProps {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly leadId?: string | undefined;
  /** In milliseconds since 1970. */
  readonly from?: number | undefined;
  /** The first millisecond after the period. */
  readonly to?: number | undefined;
}

const bound = (at: number | undefined, otherwise: string): string =>
  at === undefined ? otherwise : `${entryRange.from}${new Date(at).toISOString()}`;

/** Returns the range of sort keys of a period: they begin with the time when an event happened. */
const buildRange = ({ from, to }: TransitionsProps) => ({
  ':from': S(bound(from, entryRange.from)),
  ':to': S(bound(to, entryRange.to)),
});

const inRange = 'sk BETWEEN :from AND :to';
const decided = 'attribute_exists(standing) AND attribute_exists(changes)';

const paginateTransitions = (props: TransitionsProps) => {
  const { client, table: TableName, leadId } = props;
  const values = buildRange(props);
  const read = { TableName, ConsistentRead: true };
  return leadId === undefined
    ? paginateScan(
        { client },
        { ...read, FilterExpression: `${inRange} AND ${decided}`, ExpressionAttributeValues: values },
      )
    : paginateQuery(
        { client },
        {
          ...read,
          KeyConditionExpression: `pk = :pk AND ${inRange}`,
          FilterExpression: decided,
          ExpressionAttributeValues: { ...values, ':pk': S(leadKey(leadId)) },
        },
      );
};

const parseTransitions = (item: Item): Transition[] => {
  const entry = parseEntry(item);
  return entry.kind === 'decided' ? listTransitions(entry) : [];
};

/** Yields the transitions of stages and tiers lead by lead, in the order in which they happened, a page at a time. */
export async function* readTransitions(props: TransitionsProps): AsyncGenerator<Transition> {
  for await (const { Items = [] } of paginateTransitions(props))
    for (const item of Items) yield* parseTransitions(item);
}
