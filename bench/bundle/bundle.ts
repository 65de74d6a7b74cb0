import { statSync } from 'node:fs';
import type { Measure } from '../measure.ts';
import { interleave, median, ratios, spread } from '../rounds.ts';
import { type Bundle, functionNames, probes, withBundles } from './bundles.ts';
import { firstEvent } from './first-event.ts';
import { start } from './start.ts';

/** Starts take 50 ms and vary; there must be many of them. */
const fewestRounds = 21;

/** What a function must at least load is the clients that it uses; the canary's clock uses none, and is within any budget. */
const clientsOf = (name: string): (typeof probes)[number] => {
  if (['publish-changes', 'send-canary'].includes(name)) return 'event-bridge-client';
  return name === 'anchor-heads' ? 'dynamodb-and-s3-clients' : 'dynamodb-client';
};

const kilobytesOf = ({ file }: Bundle): number => statSync(file).size / 1_024;

/** CPU time, since starts are timed while other things run, and they fall on whoever has its turn. */
const initTurns = (names: readonly string[], bundleOf: (name: string) => Bundle) =>
  Object.fromEntries(names.map((name) => [name, async () => (await start(bundleOf(name))).init.cpu]));

const initOf = (measured: Record<string, number[]>, name: string, clients: string): Measure => {
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

const sizeOf = (name: string, bundleOf: (name: string) => Bundle): Measure => ({
  name: `bundle of ${name}`,
  value: kilobytesOf(bundleOf(name)),
  unit: 'KB',
  limit: { atMost: 450 },
  details: { 'clients only, KB': kilobytesOf(bundleOf(clientsOf(name))) },
});

/** What init is made of: handlers that load one part more each. Without a limit, since they are not deployed. */
const parts = ['client-and-stack', 'client-stack-and-contracts', 'client-stack-and-model'] as const;

/** Size and start of the functions as they are deployed, beside handlers that import only the clients they use. */
export const bundle = (rounds: number): Promise<Measure[]> =>
  withBundles(async (bundleOf) => {
    const turns = initTurns([...functionNames, ...probes], bundleOf);
    const measured = await interleave(Math.max(rounds, fewestRounds), turns);
    return [
      ...functionNames.map(
        (name): Measure => ({
          ...initOf(measured, name, clientsOf(name)),
          limit: { atMost: 1.6 },
        }),
      ),
      ...parts.map((name) => initOf(measured, name, 'dynamodb-client')),
      await firstEvent(bundleOf('score-leads'), Math.max(rounds, fewestRounds)),
      ...functionNames.map((name) => sizeOf(name, bundleOf)),
    ];
  });
