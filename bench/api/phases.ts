import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { askNext, listWithoutPoints } from '../../shared/advice/index.ts';
import { readLeadAsOf } from '../../shared/as-of/index.ts';
import { explain, instantOf } from '../../shared/scoring/index.ts';
import { model } from '../pipeline/function.ts';
import { median } from '../rounds.ts';

/** Measures the parts of an answer about a lead, each in milliseconds, in the median of some leads. */
export const phasesOf = async (
  client: DynamoDBClient,
  table: string,
  ids: readonly string[],
): Promise<Record<string, number>> => {
  const times: Record<string, number[]> = { read: [], explain: [], withoutPoints: [], askNext: [] };
  const note = <T>(name: string, start: number, result: T): T => {
    times[name]?.push(performance.now() - start);
    return result;
  };
  for (const id of ids.slice(0, 200)) {
    let start = performance.now();
    const read = note(
      'read',
      start,
      await readLeadAsOf(id, { table: { client, table }, now: Date.now(), findModel: async () => model }),
    );
    if (read.kind !== 'found') throw new Error(`the lead ${id} is ${read.kind}`);
    const { state } = read.lead;
    start = performance.now();
    const { counted } = note(
      'explain',
      start,
      explain(model, state.facts, state.stage, instantOf(state.facts)),
    );
    start = performance.now();
    note('withoutPoints', start, listWithoutPoints(model, state.facts, counted));
    start = performance.now();
    note('askNext', start, askNext(model, state));
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [`of it ${name}, ms`, median(all)]));
};
