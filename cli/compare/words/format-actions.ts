import type { ComparisonTally, Counts, DisqualifierCount } from '../../../shared/comparison/index.ts';
import type { Line } from '../../output/line.ts';
import { indentedTable } from '../../report/text/format-figures.ts';
import { formatCount } from '../../text/format-count.ts';

const sum = (counts: Counts): number => [...counts.values()].reduce((total, count) => total + count, 0);

/** Returns the names of several counts, sorted. */
const listNames = (...all: readonly Counts[]): string[] =>
  [...new Set(all.flatMap((counts) => [...counts.keys()]))].toSorted();

/** Formats the hand-offs that would start and stop: what the queues of sales would get on the day of the change. */
export const formatHandoffs = ({ handoffs: { start, stop, deadline } }: ComparisonTally): Line[] => {
  const names = listNames(start, stop, deadline);
  if (names.length === 0) return ['  No hand-off would start or stop.'];
  return [
    `  If B took the place of A now, ${formatCount(sum(start), 'hand-off')} would start and ${sum(stop)} would stop.`,
    '',
    indentedTable([
      ['queue', 'would start', 'would stop', 'other deadline'],
      ...names.map((name) => [name, start.get(name) ?? 0, stop.get(name) ?? 0, deadline.get(name) ?? 0]),
    ]),
  ];
};

/** Formats the nurture tracks that would start, stop and change. */
export const formatNurture = ({ nurture: { start, stop, change } }: ComparisonTally): Line[] => {
  const names = listNames(start, stop);
  if (names.length + change.size === 0) return ['  No nurture track would start, stop or change.'];
  const changes = [...change].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...(names.length === 0
      ? []
      : [
          indentedTable([
            ['track', 'would start', 'would stop'],
            ...names.map((name) => [name, start.get(name) ?? 0, stop.get(name) ?? 0]),
          ]),
        ]),
    ...changes.map(([name, count]) => `  ${formatCount(count, 'lead')} would change the track: ${name}`),
  ];
};

const formatReasons = (counts: ReadonlyMap<string, DisqualifierCount>, verb: string): string[] =>
  [...counts.values()]
    .toSorted((a, b) => b.leads - a.leads || (a.disqualifier < b.disqualifier ? -1 : 1))
    .map(
      ({ leads, text, disqualifier }) =>
        `  ${formatCount(leads, 'lead')} would ${verb}: the lead ${text} (${disqualifier})`,
    );

/** Formats the leads that only one model disqualifies, with the reason. */
export const formatDisqualified = ({
  disqualifications: { disqualified, requalified, otherwise },
}: ComparisonTally): Line[] => {
  const lines = [
    ...formatReasons(disqualified, 'be disqualified'),
    ...formatReasons(requalified, 'no longer be disqualified'),
    ...(otherwise === 0
      ? []
      : [`  ${formatCount(otherwise, 'lead')} would be disqualified for another reason`]),
  ];
  return lines.length === 0 ? ['  Both models disqualify the same leads.'] : lines;
};

/** Formats the leads whose stage differs. */
export const formatStages = ({ stages }: ComparisonTally): Line[] =>
  [...stages]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, count]) => `  ${formatCount(count, 'lead')}: ${name}`);
