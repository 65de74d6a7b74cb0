import { defaultWriteUnitsPerSecond } from '../../shared/model-store/index.ts';
import { writeUnitsPerRescoring } from '../../shared/rescoring/index.ts';
import { measuredFunnel, measuredRescoring } from './measured.ts';

const count = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en');

const sizes = [100_000, 1_000_000, 10_000_000];

/** The passes of an undisturbed rescoring: one that requests, and one that finds nothing. */
const passes = 2;

/** The prices of on-demand tables of us-east-1, in USD a unit; see docs/cost.md. */
const usdAWriteUnit = 0.625 / 1e6;
const usdAReadUnit = 0.125 / 1e6;

/** The messages that one request of SQS sends, and that a batch of score-leads takes. */
const messagesARequest = 10;
const usdARequest = 0.4 / 1e6;

const hours = (leads: number, unitsASecond: number): number =>
  (leads * writeUnitsPerRescoring) / unitsASecond / 3_600;

/** A consistent read takes a unit for each 4 KB. */
const readUnits = (leads: number): number => (passes * leads * measuredFunnel.bytesOfLead) / 4_096;

/** A message is sent, received and deleted, ten at once. */
const usdOfMessages = (leads: number): number => ((3 * leads) / messagesARequest) * usdARequest;

const usd = (leads: number): number =>
  leads * measuredRescoring.writeUnits * usdAWriteUnit +
  readUnits(leads) * usdAReadUnit +
  usdOfMessages(leads);

const demands: readonly (readonly [what: string, of: (leads: number) => number])[] = [
  [
    `hours at ${defaultWriteUnitsPerSecond} write units a second, as deployed`,
    (n) => hours(n, defaultWriteUnitsPerSecond),
  ],
  ['hours at 2,000 write units a second', (n) => hours(n, 2_000)],
  ['hours at 10,000 write units a second', (n) => hours(n, 10_000)],
  ['write units, if all leads leave their tiers', (n) => n * measuredRescoring.writeUnits],
  ['read units of two passes', readUnits],
  ['USD for them and for messages', usd],
];

/** Returns the demand of rescoring all leads as a table in Markdown, by their number. */
export const rescoringDemandsTable = (): string => {
  const head = ['', ...sizes.map((leads) => `${whole.format(leads)} leads`)];
  const rows = demands.map(([what, of]) => [what, ...sizes.map((leads) => count.format(of(leads)))]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
};
