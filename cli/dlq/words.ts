import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import { counted } from '../text/counted.ts';
import { alignedRows } from '../text/table.ts';
import type { FailureSource } from './failure-sources.ts';
import type { Depth } from './queue-depth.ts';
import type { Redriven } from './redriven.ts';

export interface Filled {
  readonly failure: FailureSource;
  readonly depth: Depth;
}

const units: readonly (readonly [ms: number, name: string])[] = [
  [dayMs, 'd'],
  [hourMs, 'h'],
  [minuteMs, 'min'],
  [1_000, 's'],
];

const ageWords = (ms: number): string => {
  const [size, name] = units.find(([size]) => ms >= size) ?? [1_000, 's'];
  return `${Math.max(0, Math.floor(ms / size))} ${name}`;
};

/** Of a queue only some messages are looked at: there may be older ones. */
const oldestWords = ({ failure, depth: { oldestAt } }: Filled, now: number): string => {
  if (oldestAt === undefined) return '–';
  return `${failure.kind === 'queue' ? '≥ ' : ''}${ageWords(now - oldestAt)}`;
};

export const depthTable = (filled: readonly Filled[], now: number): string[] =>
  alignedRows([
    ['name', 'waiting', 'in flight', 'oldest', 'what', 'source'],
    ...filled.map(({ failure, depth }) => [
      failure.name,
      depth.waiting,
      depth.inFlight,
      oldestWords({ failure, depth }, now),
      failure.what,
      failure.source,
    ]),
  ]);

export const depthRecord = ({ failure, depth }: Filled) => ({
  name: failure.name,
  waiting: depth.waiting,
  inFlight: depth.inFlight,
  ...(depth.oldestAt !== undefined && { oldestSeenAt: new Date(depth.oldestAt).toISOString() }),
  what: failure.what,
  source: failure.source,
});

/** Returns the line that reports the redrive of one failure source. */
export const redrivenWords = (failure: FailureSource, redriven: Redriven): string => {
  const { moved, failed, left, cameBack, underWay } = redriven;
  const done =
    failure.kind === 'queue'
      ? `${counted(moved, 'message')} sent to ${failure.source}`
      : `${counted(moved, 'object')} published`;
  const rest = [
    failed > 0 ? `${failed} failed` : undefined,
    cameBack > 0 ? `${cameBack} came back` : undefined,
    underWay > 0 ? `${underWay} still being worked on` : undefined,
    left > 0 ? `${left} left` : 'nothing left',
  ];
  return `${failure.name}: ${[done, ...rest.filter((words) => words !== undefined)].join(', ')}.`;
};
