import { simulateLoad } from './load-model.ts';
import { deployed, measuredUnits } from './settings.ts';

const seed = 5;
const bases = [10, 50];
const concurrencies = [5, 20, 100];
const hotShares = [0, 0.01, 0.2];

const percent = (share: number): string => `${share * 100} %`;
const seconds = (value: number): string => value.toFixed(1);

const row = (base: number, concurrency: number, hotShare: number): string[] => {
  const load = { base, burst: 100, burstFrom: 10, burstFor: 10, until: 40, hotShare };
  const outcome = simulateLoad({ ...deployed, seed, load, units: measuredUnits, concurrency });
  const { events, conflicts, returned, deadLetters, age99, oldest, drained } = outcome;
  return [
    `${base} → ${base * 100}`,
    `${concurrency}`,
    percent(hotShare),
    seconds(age99),
    seconds(oldest),
    seconds(drained),
    ((conflicts / events) * 1_000).toFixed(1),
    `${returned}`,
    `${deadLetters}`,
  ];
};

const head = [
  'events/s',
  'concurrent batches',
  'about one lead',
  'age, 99th percentile, s',
  'oldest, s',
  'drained after, s',
  'conflicts per 1,000 events',
  'returned',
  'dead letters',
];

/**
 * Simulates bursts of a hundred times the rate for ten seconds, and returns a table in Markdown that is the same each
 * time.
 */
export const burstsTable = (): string => {
  const rows = bases.flatMap((base) =>
    concurrencies.flatMap((concurrency) => hotShares.map((share) => row(base, concurrency, share))),
  );
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};
