import { describe, expect, it } from 'vitest';
import { listDaysWithoutAnchors } from '../../../cli/audit/days-without-anchors.ts';

const at = (day: number, hour = 3) => Date.UTC(2026, 4, day, hour);

describe('the days without anchors', () => {
  it.each<[string, number[], number, string[][]]>([
    ['none, if each day has a run', [at(4), at(5), at(5, 9), at(6)], at(6, 23), []],
    ['not the current day, which is not over', [at(4), at(5)], at(6, 23), []],
    [
      'those between two runs',
      [at(4), at(6), at(9)],
      at(9, 12),
      [
        ['05', '05'],
        ['07', '08'],
      ],
    ],
    ['those since the newest run', [at(4)], at(7), [['05', '06']]],
    ['none before the first run', [at(20)], at(20, 4), []],
    ['none, if there are no runs', [], at(20), []],
  ])('are %s', (_, runs, now, found) => {
    expect(listDaysWithoutAnchors(runs, now).map(({ from, to }) => [from.slice(8), to.slice(8)])).toEqual(
      found,
    );
  });
});
