import { hourMs } from '../../events/index.ts';
import type { PayloadOutcome } from '../../shared/intake/index.ts';
import type { SourceStanding, SourceStatus } from '../../shared/source-status/index.ts';
import { listFirst } from '../../shared/suggest/index.ts';
import { type Cell, heading, indented, type Line, styled, type TableColumn } from '../output/line.ts';
import { table } from '../output/table.ts';
import { formatAge } from '../text/format-age.ts';
import { formatInstant } from '../text/format-instant.ts';

const passedOver: readonly PayloadOutcome[] = ['own', 'ignored', 'empty'];
const quarantined: readonly PayloadOutcome[] = ['unmapped', 'unproven', 'missing-changes'];

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

const countPayloads = ({ payloads }: SourceStatus, outcomes: readonly PayloadOutcome[]): number =>
  sum(outcomes.map((outcome) => payloads.get(outcome) ?? 0));

const describeState = ({ document, status, silentForMs }: SourceStanding): Cell => {
  if (document === undefined) return styled('no document', 'yellow');
  if (status === undefined) return styled('nothing yet', 'dim');
  if (silentForMs !== undefined) return styled('silent', 'red');
  return status.lastTakenAt === undefined ? styled('refused', 'red') : 'sending';
};

const describeLast = (instant: string | undefined, now: number): string =>
  instant === undefined ? '–' : `${formatAge(Math.max(0, now - Date.parse(instant)))} ago`;

const countCells = (status: SourceStatus | undefined): Cell[] =>
  status === undefined
    ? [0, 0, 0, 0, 0, 0, 0]
    : [
        status.requests,
        sum(status.refused.values()),
        status.repeated,
        countPayloads(status, ['taken']),
        countPayloads(status, passedOver),
        countPayloads(status, ['unknown']),
        countPayloads(status, quarantined),
      ];

const titles = [
  ...['source', 'state', 'last taken', 'requests', 'refused', 'repeated'],
  ...['payloads taken', 'passed over', 'unknown', 'quarantined'],
];

const columns: readonly TableColumn[] = [
  { least: 'whole' },
  { least: 'whole' },
  { least: 'whole', optional: 1 },
  {},
  {},
  { optional: 3 },
  {},
  { optional: 2 },
];

/** Returns counts by name, the greatest first. */
const listCounts = (counts: ReadonlyMap<string, number>, most: number): string =>
  listFirst(
    [...counts].toSorted(([, a], [, b]) => b - a).map(([name, count]) => `${name} (${count})`),
    most,
  );

const describeSilence = ({ silentForMs, document }: SourceStanding): string[] =>
  silentForMs === undefined
    ? []
    : [
        `silent for ${formatAge(silentForMs)}; its document says ${formatAge((document?.silentAfterHours ?? 0) * hourMs)}`,
      ];

const describeRefused = ({ refused, lastRefusal }: SourceStatus, now: number): string[] => {
  if (lastRefusal === undefined) return [];
  const { reason, allowed, at } = lastRefusal;
  return [
    `refused: ${listCounts(refused, 20)}`,
    `last refused ${describeLast(at, now)}, ${formatInstant(Date.parse(at))}: ${reason}${allowed === '' ? '' : `; allowed: ${allowed}`}`,
  ];
};

/** The most names of payloads that are listed; `--json` has all. */
const mostNames = 20;

const describeUnknown = ({ unknown }: SourceStatus): string[] =>
  unknown.size === 0 ? [] : [`no event of its mapping is for: ${listCounts(unknown, mostNames)}`];

const describeQuarantined = ({ payloads }: SourceStatus): string[] => {
  const counts = new Map(
    quarantined.map((outcome) => [outcome, payloads.get(outcome) ?? 0] as const).filter(([, n]) => n > 0),
  );
  return counts.size === 0 ? [] : [`in quarantine: ${listCounts(counts, quarantined.length)}`];
};

/** Returns what somebody has to look at; nothing if there is nothing. */
const describeTrouble = (source: SourceStanding, now: number): Line[] => {
  const { name, status, document } = source;
  const lines = [
    ...describeSilence(source),
    ...(status === undefined ? [] : describeRefused(status, now)),
    ...(status === undefined ? [] : describeUnknown(status)),
    ...(status === undefined ? [] : describeQuarantined(status)),
  ];
  if (lines.length === 0) return [];
  const owner = document === undefined ? [] : [`owner: ${document.owner}`];
  return ['', heading(name), ...indented([...lines, ...owner])];
};

/** Returns sources as a table for people, and below what somebody has to look at. */
export const formatSources = (sources: readonly SourceStanding[], now: number): Line[] => [
  table(
    [
      titles,
      ...sources.map((source) => [
        source.name,
        describeState(source),
        describeLast(source.status?.lastTakenAt, now),
        ...countCells(source.status),
      ]),
    ],
    columns,
  ),
  ...sources.flatMap((source) => describeTrouble(source, now)),
];

/** Returns a source as an object for programs. */
export const sourceRecord = ({ name, document, status, silentForMs }: SourceStanding) => ({
  name,
  ...(document !== undefined && { kind: document.kind, owner: document.owner }),
  ...(document?.silentAfterHours !== undefined && { silentAfterHours: document.silentAfterHours }),
  isSilent: silentForMs !== undefined,
  ...(status?.lastReceivedAt !== undefined && { lastReceivedAt: status.lastReceivedAt }),
  ...(status?.lastTakenAt !== undefined && { lastTakenAt: status.lastTakenAt }),
  ...(status?.lastRefusal !== undefined && { lastRefusal: status.lastRefusal }),
  requests: status?.requests ?? 0,
  repeated: status?.repeated ?? 0,
  refused: Object.fromEntries(status?.refused ?? []),
  payloads: Object.fromEntries(status?.payloads ?? []),
  unknown: Object.fromEntries(status?.unknown ?? []),
});
