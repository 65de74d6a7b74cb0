import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import type { Table } from '../output/line.ts';
import { table } from '../output/table.ts';
import type { FailureSource } from './failure-sources.ts';
import type { Depth } from './queue-depth.ts';

export interface SourceDepth {
  readonly failure: FailureSource;
  readonly depth: Depth;
}

const units: readonly (readonly [ms: number, name: string])[] = [
  [dayMs, 'd'],
  [hourMs, 'h'],
  [minuteMs, 'min'],
  [1_000, 's'],
];

const formatAge = (ms: number): string => {
  const [size, name] = units.find(([size]) => ms >= size) ?? [1_000, 's'];
  return `${Math.max(0, Math.floor(ms / size))} ${name}`;
};

/** Formats the age of the oldest message or object, with `≥` for a queue, which may contain older messages. */
const formatOldest = ({ failure, depth: { oldestAt } }: SourceDepth, now: number): string => {
  if (oldestAt === undefined) return '–';
  return `${failure.kind === 'queue' ? '≥ ' : ''}${formatAge(now - oldestAt)}`;
};

/** Returns a table of failure sources with their depths, as lines for people. */
export const formatDepths = (depths: readonly SourceDepth[], now: number): Table =>
  table([
    ['name', 'waiting', 'in flight', 'oldest', 'what', 'source'],
    ...depths.map(({ failure, depth }) => [
      failure.name,
      depth.waiting,
      depth.inFlight,
      formatOldest({ failure, depth }, now),
      failure.what,
      failure.source,
    ]),
  ]);

/** Returns a failure source with its depth as an object for programs. */
export const depthRecord = ({ failure, depth }: SourceDepth) => ({
  name: failure.name,
  waiting: depth.waiting,
  inFlight: depth.inFlight,
  ...(depth.oldestAt !== undefined && { oldestSeenAt: new Date(depth.oldestAt).toISOString() }),
  what: failure.what,
  source: failure.source,
});
