import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import { counted } from '../text/counted.ts';
import { alignedRows } from '../text/table.ts';
import type { Place } from './places.ts';
import type { Depth } from './queue-depth.ts';
import type { Redriven } from './redriven.ts';

export interface Filled {
  readonly place: Place;
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
const oldestWords = ({ place, depth: { oldestAt } }: Filled, now: number): string => {
  if (oldestAt === undefined) return '–';
  return `${place.kind === 'queue' ? '≥ ' : ''}${ageWords(now - oldestAt)}`;
};

export const depthTable = (filled: readonly Filled[], now: number): string[] =>
  alignedRows([
    ['name', 'waiting', 'in flight', 'oldest', 'what', 'source'],
    ...filled.map(({ place, depth }) => [
      place.name,
      depth.waiting,
      depth.inFlight,
      oldestWords({ place, depth }, now),
      place.what,
      place.source,
    ]),
  ]);

export const depthRecord = ({ place, depth }: Filled) => ({
  name: place.name,
  waiting: depth.waiting,
  inFlight: depth.inFlight,
  ...(depth.oldestAt !== undefined && { oldestSeenAt: new Date(depth.oldestAt).toISOString() }),
  what: place.what,
  source: place.source,
});

/** One line for one place. */
export const redrivenWords = (place: Place, redriven: Redriven): string => {
  const { moved, failed, left, cameBack, underWay } = redriven;
  const done =
    place.kind === 'queue'
      ? `${counted(moved, 'message')} sent to ${place.source}`
      : `${counted(moved, 'object')} published`;
  const rest = [
    failed > 0 ? `${failed} failed` : undefined,
    cameBack > 0 ? `${cameBack} came back` : undefined,
    underWay > 0 ? `${underWay} still being worked on` : undefined,
    left > 0 ? `${left} left` : 'nothing left',
  ];
  return `${place.name}: ${[done, ...rest.filter((words) => words !== undefined)].join(', ')}.`;
};
