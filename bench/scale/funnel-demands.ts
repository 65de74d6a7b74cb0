import { measuredFunnel } from './measured.ts';

const count = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const sizes = [100_000, 1_000_000, 10_000_000];
const rates = [10, 100, 1_000, 10_000];

/** The deployed settings of the functions that count and recount. */
const counting = { atOnce: 4, batch: 200, leadsATransaction: 40 } as const;
const recounting = { segments: 4, secondsARun: 600 } as const;

/** The seconds that a request takes, and that a page of 1 MB takes. Both are assumed, not measured. */
const secondsARequest = 0.008;
const secondsAPage = 0.1;

const gigabytes = (leads: number): number => (leads * measuredFunnel.bytesOfLead) / 2 ** 30;

/** The longer of waiting for pages and of CPU time. */
const recountSeconds = (leads: number): number =>
  Math.max(
    (gigabytes(leads) * 1_024 * secondsAPage) / recounting.segments,
    leads * measuredFunnel.secondsOfLead,
  );

const messages = (rate: number): number => rate * measuredFunnel.messages;
const transactions = (rate: number): number =>
  (messages(rate) * measuredFunnel.leadsAMessage) / counting.leadsATransaction;

/** A batch reads and writes its parts of 40 leads one after the other. */
const mostMessages =
  (counting.atOnce * counting.batch) /
  ((counting.batch / counting.leadsATransaction) * 2 * secondsARequest + measuredFunnel.batchCpuSeconds);

type Demand = readonly [what: string, of: (amount: number) => number, limit: string];

const ofRates: readonly Demand[] = [
  ['messages of count-funnel per second', messages, count.format(mostMessages)],
  ['write units for counting per second', (rate) => rate * measuredFunnel.writeUnits, '40,000'],
  [
    'write units of one counter per second, if all environments draw the same partition',
    (rate) => 2 * transactions(rate),
    '1,000',
  ],
];

const ofSizes: readonly Demand[] = [
  ['GB that a recount reads', gigabytes, ''],
  ['read units of a recount', (leads) => (leads * measuredFunnel.bytesOfLead) / 4_096, ''],
  ['USD a month for them', (leads) => ((leads * measuredFunnel.bytesOfLead) / 4_096 / 8e6) * (365 / 12), ''],
  [
    'read units per second',
    (leads) => (leads * measuredFunnel.bytesOfLead) / 4_096 / recountSeconds(leads),
    '12,000 at first, 40,000',
  ],
  ['minutes that a recount reads', (leads) => recountSeconds(leads) / 60, '240 a day'],
  [
    'runs of ten minutes, one an hour',
    (leads) => Math.ceil(recountSeconds(leads) / recounting.secondsARun),
    '24',
  ],
];

const table = (amounts: readonly number[], unit: string, demands: readonly Demand[]): string => {
  const head = [
    '',
    ...amounts.map((amount) => `${new Intl.NumberFormat('en').format(amount)} ${unit}`),
    'limit',
  ];
  const rows = demands.map(([what, of, limit]) => [
    what,
    ...amounts.map((amount) => count.format(of(amount))),
    limit,
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
};

/** Returns the demand of counting the funnel as a table in Markdown, by the rate of events. */
export const countingDemandsTable = (): string => table(rates, 'events/s', ofRates);

/** Returns the demand of recounting it as a table in Markdown, by the number of leads. */
export const recountDemandsTable = (): string => table(sizes, 'leads', ofSizes);
