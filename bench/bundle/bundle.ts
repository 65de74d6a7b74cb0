import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Measure } from '../measure.ts';
import { interleave, median, ratios, spread } from '../rounds.ts';
import { type Bundle, withBundles } from './bundles.ts';

const run = promisify(execFile);

/** Starts take 50 ms and vary; there must be many of them. */
const fewestRounds = 21;

/** Milliseconds that a fresh process takes to import a bundle. */
const init = async ({ file, environment }: Bundle): Promise<number> => {
  const { stdout } = await run(process.execPath, [`${import.meta.dirname}/time-import.ts`, file], {
    env: { ...environment, AWS_REGION: 'eu-central-1' },
  });
  return Number(stdout);
};

const kilobytesOf = ({ file }: Bundle): number => statSync(file).size / 1_024;

/** Size and start of score-leads as it is deployed, beside a handler that imports only the DynamoDB client. */
export const bundle = (rounds: number): Promise<Measure[]> =>
  withBundles(async ({ scoreLeads, clientOnly }) => {
    const measured = await interleave(Math.max(rounds, fewestRounds), {
      scoreLeads: () => init(scoreLeads),
      clientOnly: () => init(clientOnly),
    });
    const againstClient = ratios(measured.scoreLeads, measured.clientOnly);
    return [
      {
        name: 'init of score-leads against the DynamoDB client alone',
        value: median(againstClient),
        unit: 'times',
        limit: { atMost: 1.25 },
        details: {
          ms: median(measured.scoreLeads),
          'client only, ms': median(measured.clientOnly),
          spread: spread(againstClient),
        },
      },
      {
        name: 'bundle of score-leads',
        value: kilobytesOf(scoreLeads),
        unit: 'KB',
        limit: { atMost: 450 },
        details: { 'client only, KB': kilobytesOf(clientOnly) },
      },
    ];
  });
