import { alignedRows } from '../../../cli/text/table.ts';
import type { Finding } from '../../invariants/evidence.ts';
import { invariants } from '../../invariants/index.ts';
import type { Growth } from '../memory/growth.ts';
import type { Figures } from './figures.ts';

type Row = readonly [what: string, figure: string];

const ms = ({ p50, p99 }: { readonly p50: number; readonly p99: number }): string =>
  `50 % within ${p50} ms, 99 % within ${p99} ms`;

const deadLetterWords = (deadLetters: Figures['deadLetters']): string => {
  const sum = Object.values(deadLetters).reduce((total, depth) => total + depth, 0);
  const full = Object.entries(deadLetters).filter(([, depth]) => depth > 0);
  return [`${sum}`, ...full.map(([name, depth]) => `${name} ${depth}`)].join(', ');
};

const buildRows = (figures: Figures): readonly Row[] => [
  ['duration', `${figures.seconds} s, then ${figures.drainSeconds} s until all was at rest`],
  [
    'kills',
    `${figures.kills}, of them ${figures.engineKills} of the engine alone, ${figures.fullDisks} by a full disk, ${figures.killsAtStart} at a start; up again in ${figures.restartSeconds.median} s, at most ${figures.restartSeconds.most} s`,
  ],
  ['leads', `${figures.leads}, of which ${figures.merged} merged and ${figures.erased} erased`],
  ['events', `${figures.events} different ones`],
  ['sent', `${figures.sent} entries, ${figures.sentAgain} of them again for want of an answer`],
  ['acknowledged', `${figures.acknowledged}, ${figures.eventsPerSecond} a second`],
  ['recorded', `${figures.recorded}`],
  ['duplicates', `${figures.duplicates}`],
  ['quarantined', `${figures.quarantined}`],
  ['lost', `${figures.lost}`],
  ['announcements', `${figures.announcements} of leads; ${figures.handoffs} hand-offs requested`],
  ['dead letters', deadLetterWords(figures.deadLetters)],
  ['function calls', `${figures.functionCalls}, ${figures.functionErrors} failed`],
  ['most waiting', `${figures.mostWaiting} to be sent, ${figures.mostQueued} in queues`],
  ['to the ledger', ms(figures.latencyMs.recorded)],
  ['to nurture', `${ms(figures.latencyMs.followed)} (${figures.latencyMs.probes} leads watched)`],
  ['across a kill', `at most ${(figures.latencyMs.acrossKills / 1_000).toFixed(1)} s to nurture`],
  ['peak memory', `stack ${figures.memory.peakStackMb} MB, engine ${figures.memory.peakEngineMb} MB`],
];

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(1)}`;

const growthRow = ({ life, seconds, ...of }: Growth): string[] => [
  `life ${life}`,
  `${Math.round(seconds)} s`,
  `stack ${signed(of.stack)} (${signed(of.stackLater)}) to ${Math.round(of.stackMb)} MB`,
  `engine ${signed(of.engine)} (${signed(of.engineLater)}) to ${Math.round(of.engineMb)} MB`,
];

const minuteLines = (longest: Growth | undefined): string[] =>
  longest === undefined
    ? []
    : [`The stack in the longest, minute by minute: ${longest.stackByMinute.map(Math.round).join(', ')} MB`];

/** The most lives that are reported. */
const mostLives = 4;

const growthLines = (growths: readonly Growth[]): string[] =>
  growths.length === 0
    ? ['No life lasted long enough to tell.']
    : [...alignedRows(growths.slice(0, mostLives).map(growthRow)), ...minuteLines(growths[0])];

/** The most findings that are reported of each invariant. */
const mostFindings = 8;

const findingLines = (findings: readonly Finding[]): string[] =>
  [...Map.groupBy(findings, ({ invariant }) => invariant)].flatMap(([invariant, all]) => [
    `${invariant}: ${all.length} findings`,
    ...all.slice(0, mostFindings).map(({ text }) => `  ${text}`),
    ...(all.length > mostFindings ? [`  and ${all.length - mostFindings} more`] : []),
  ]);

/** The numbered invariants that can be checked without the history of the run. */
const checked = invariants
  .filter(({ id, check }) => /^I\d/.test(id) && check !== undefined)
  .map(({ id }) => id);

export const reportLines = (figures: Figures): string[] => [
  ...alignedRows(buildRows(figures)),
  '',
  'Memory in MB a minute after 20 s of warm-up, in brackets in the second half, in the longest lives:',
  ...growthLines(figures.memory.growths),
  '',
  ...(figures.findings.length === 0
    ? [`${checked.join(', ')} hold, and so do the checks of follow-ups, verdicts and audit.`]
    : findingLines(figures.findings)),
];
