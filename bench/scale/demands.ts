import { measured, measuredFunnel } from './measured.ts';

const count = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const rates = [10, 100, 1_000, 10_000];

/**
 * The demand of a rate on each service, and the limit of a new account in us-east-1. docs/scale.md names the sources.
 */
const demands: readonly (readonly [what: string, of: (rate: number) => number, quota: string])[] = [
  [
    'PutEvents entries, own announcements included, per second',
    (rate) => rate * (1 + measured.announcements),
    '10,000',
  ],
  [
    'invocations of rule targets per second',
    (rate) => rate * (measured.messages + measuredFunnel.messages),
    '18,750',
  ],
  [
    'write units of the leads table per second',
    (rate) => rate * (measured.writeUnits + measuredFunnel.writeUnits),
    '4,000 at first, 40,000',
  ],
  [
    'read units per second',
    (rate) => rate * (measured.readUnits + measuredFunnel.readUnits),
    '12,000 at first, 40,000',
  ],
  [
    'writes to one of the 16 index keys of a tier per second',
    (rate) => (rate * measured.indexUnits) / 16,
    '1,000',
  ],
  [
    'concurrent batches of score-leads, when full',
    (rate) => (rate * measured.batchSeconds) / measured.eventsABatch,
    '20 as deployed, 1,000 by quota',
  ],
];

/** Returns the demands as a table in Markdown. */
export const demandsTable = (): string => {
  const head = ['', ...rates.map((rate) => `${count.format(rate)} events/s`), 'limit'];
  const rows = demands.map(([what, of, quota]) => [
    what,
    ...rates.map((rate) => count.format(of(rate))),
    quota,
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
};
