import { statSync } from 'node:fs';
import type { Measure } from '../measure.ts';
import { interleave, median, ratios, spread } from '../rounds.ts';
import { type Bundle, functionNames, probes, withBundles } from './bundles.ts';
import { firstEvent } from './first-event.ts';
import { start } from './start.ts';

/** The minimum number of rounds. Starts take 50 ms and vary, so many are needed. */
const fewestRounds = 21;

/**
 * Returns the probe with the clients that a function must load at least. The canary's timer uses none, and is within
 * any budget.
 */
const chooseProbe = (name: string): (typeof probes)[number] => {
  if (['publish-changes', 'send-canary'].includes(name)) return 'event-bridge-client';
  if (name === 'take-requests') return 'dynamodb-and-event-bridge-clients';
  if (name === 'manage-quarantine') return 'clients-of-managing';
  if (['advance-leads', 'plan-deliveries'].includes(name)) return 'dynamodb-and-sqs-clients';
  if (['receive-webhooks', 'take-partner-events'].includes(name)) return 'clients-of-intake';
  if (name === 'send-deliveries') return 'clients-of-sending';
  return name === 'anchor-heads' ? 'dynamodb-and-s3-clients' : 'dynamodb-client';
};

interface BundleLimits {
  /** The times that its start may take of what its clients take alone, in CPU time. */
  readonly init: number;
  readonly kilobytes: number;
}

const usualLimits: BundleLimits = { init: 1.6, kilobytes: 450 };

/** The limits of functions that need more: the one that publishes models has the checker of models (ADR 55). */
const limitsOf = (name: string): BundleLimits =>
  name === 'manage-models' ? { init: 2, kilobytes: 500 } : usualLimits;

const measureKilobytes = ({ file }: Bundle): number => statSync(file).size / 1_024;

/**
 * Returns one turn for each bundle, measured in CPU time: other processes disturb the elapsed time of whichever bundle
 * has its turn.
 */
const initTurns = (names: readonly string[], bundleOf: (name: string) => Bundle) =>
  Object.fromEntries(names.map((name) => [name, async () => (await start(bundleOf(name))).init.cpu]));

const measureInit = (measured: Record<string, number[]>, name: string, clients: string): Measure => {
  const own = measured[name] ?? [];
  const bare = measured[clients] ?? [];
  const against = ratios(own, bare);
  return {
    name: `init of ${name} against ${clients}`,
    value: median(against),
    unit: 'times',
    details: { 'CPU ms': median(own), 'clients only, CPU ms': median(bare), spread: spread(against) },
  };
};

const measureBundle = (name: string, bundleOf: (name: string) => Bundle): Measure => ({
  name: `bundle of ${name}`,
  value: measureKilobytes(bundleOf(name)),
  unit: 'KB',
  limit: { atMost: limitsOf(name).kilobytes },
  details: { 'clients only, KB': measureKilobytes(bundleOf(chooseProbe(name))) },
});

/** Handlers that load one part of init more each. They have no limit, because they are not deployed. */
const parts = ['client-and-stack', 'client-stack-and-contracts', 'client-stack-and-model'] as const;

/**
 * Measures size and start of the functions as deployed, beside handlers that import only the clients that a function
 * uses.
 */
export const bundle = (rounds: number): Promise<Measure[]> =>
  withBundles(async (bundleOf) => {
    const turns = initTurns([...functionNames, ...probes], bundleOf);
    const measured = await interleave(Math.max(rounds, fewestRounds), turns);
    return [
      ...functionNames.map(
        (name): Measure => ({
          ...measureInit(measured, name, chooseProbe(name)),
          limit: { atMost: limitsOf(name).init },
        }),
      ),
      ...parts.map((name) => measureInit(measured, name, 'dynamodb-client')),
      await firstEvent(bundleOf('score-leads'), Math.max(rounds, fewestRounds)),
      ...functionNames.map((name) => measureBundle(name, bundleOf)),
    ];
  });
