import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Pair } from '../../shared/comparison/index.ts';
import { modelTierOf } from '../../shared/lead/index.ts';
import { createDynamoDbLedger } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { readStates } from '../table/read-table.ts';
import { type ComparedPart, noneLeftOut } from './comparison.ts';
import { type Comparing, createComparing } from './create-comparing.ts';
import type { CsvFile } from './csv-file.ts';
import { formatMoveRow } from './csv-rows.ts';
import { hasEnded, readEnd } from './read-end.ts';

export interface CompareTableProps {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly models: Pair<ScoringModel>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly mostMoves: number;
  readonly csv?: CsvFile | undefined;
}

/** The ledgers that are read at the same time. */
const together = 16;

/** Reads the ledgers of leads that have ended, some at a time. */
const createEndReader = ({ client, table }: CompareTableProps, comparing: Comparing) => {
  const ledger = createDynamoDbLedger({ client, table });
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    const ends = await Promise.all(waiting.map((leadId) => readEnd(ledger, leadId)));
    waiting = [];
    for (const end of ends) if (end !== undefined) comparing.addEnd(end);
  };
  return {
    async add(leadId: string): Promise<void> {
      waiting.push(leadId);
      if (waiting.length >= together) await flush();
    },
    flush,
  };
};

/**
 * Compares two models on the leads of a stack, by the facts that are stored with their states and from the tiers that
 * are stored. Only of leads whose deal has ended the ledger is read, for the win rates.
 */
export const compareTable = async (props: CompareTableProps): Promise<ComparedPart> => {
  const { client, table, models, at, mostMoves, csv } = props;
  const rows: string[] = [];
  const comparing = createComparing({
    models,
    at,
    mostMoves,
    onMove: csv && ((move) => rows.push(formatMoveRow(move))),
  });
  const ends = createEndReader(props, comparing);
  for await (const state of readStates(client, table)) {
    const { leadId, facts } = state;
    comparing.add({ leadId, facts, previousTier: modelTierOf(state) });
    if (hasEnded(facts)) await ends.add(leadId);
    for (const row of rows.splice(0)) await csv?.add(row);
  }
  await ends.flush();
  return { ...comparing.result(), leftOut: noneLeftOut };
};
