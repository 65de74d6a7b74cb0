import assert from 'node:assert/strict';
import type { Measure } from '../measure.ts';
import { readSample, repeated, toSqsEvent } from '../pipeline/stream.ts';
import { withTables } from '../pipeline/tables.ts';
import { median } from '../rounds.ts';
import type { Bundle } from './bundles.ts';
import { type Start, start } from './start.ts';

/**
 * Measures how long the first event waits at a cold start: for init and the first invocation, against the embedded
 * engine. It is reported beside init, because moving work from one to the other gains nothing.
 */
export const firstEvent = (scoreLeads: Bundle, rounds: number): Promise<Measure> =>
  withTables(async ({ config, create }) => {
    await create('leads');
    const environment = {
      ...scoreLeads.environment,
      LEADS_TABLE: 'leads',
      AWS_ENDPOINT_URL: String(config.endpoint),
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    const histories = repeated(readSample());
    const starts: Start[] = [];
    for (let i = 0; i <= rounds; i++) {
      const [event] = histories.next().value ?? [];
      assert.ok(event);
      const started = await start({ ...scoreLeads, environment }, toSqsEvent([event]));
      assert.deepEqual(started.answer, { batchItemFailures: [] });
      // The first start warms up the disk and stores the model.
      if (i > 0) starts.push(started);
    }
    const computeCpu = (part: 'init' | 'first') =>
      median(starts.map((each) => each[part]?.cpu ?? Number.NaN));
    return {
      name: 'score-leads, init and first event',
      value: median(starts.map(({ init, first }) => init.cpu + (first?.cpu ?? Number.NaN))),
      unit: 'CPU ms',
      details: { 'init, CPU ms': computeCpu('init'), 'first event, CPU ms': computeCpu('first') },
    };
  });
