import { describe, expect, it } from 'vitest';
import {
  countByStage,
  countTierChanges,
  type FunnelAnswer,
  hasNegative,
  kindOf,
  sumFlows,
} from '../../../console/pages/funnel/flows.ts';
import { type Stage, stages, type Tier } from '../../../events/index.ts';

type Days = FunnelAnswer['days'];
type Move = Days[number]['moves'][number];

const parse = (cell: string): Move['from'] => {
  const [stage, tier] = cell.split('/');
  return cell === '-' ? null : { stage: stage as Stage, tier: tier as Tier };
};

/** Makes a move of `lead/none>mql/good`. */
const move = (flow: string, count: number): Move => {
  const [from = '', to = ''] = flow.split('>');
  return { from: parse(from), to: parse(to), count };
};

const days = (...moves: readonly (readonly Move[])[]): Days =>
  moves.map((of, i) => ({ day: `2026-03-0${i + 1}`, moves: [...of] }));

describe('the flows of a funnel', () => {
  it('add up over days and over the tiers before the move', () => {
    const flows = sumFlows(
      days([move('lead/none>mql/good', 2), move('lead/risky>mql/good', 3)], [move('lead/none>mql/good', 4)]),
    );
    expect(flows).toEqual([{ from: 'lead', to: 'mql', tier: 'good', count: 9 }]);
  });

  it('are in the order of the funnel, and from the best tier to none', () => {
    const flows = sumFlows(
      days([
        move('mql/good>sql/none', 1),
        move('->lead/none', 1),
        move('mql/good>sql/excellent', 1),
        move('lead/none>mql/good', 1),
      ]),
    );
    expect(flows.map(({ from, to, tier }) => `${from}>${to}/${tier}`)).toEqual([
      'new>lead/none',
      'lead>mql/good',
      'mql>sql/excellent',
      'mql>sql/none',
    ]);
  });

  it('have the tier before the move if the lead left the funnel', () => {
    expect(sumFlows(days([move('sql/risky>-', 1)]))).toEqual([
      { from: 'sql', to: 'left', tier: 'risky', count: 1 },
    ]);
  });

  it('leave out counters that are not above zero in sum', () => {
    expect(sumFlows(days([move('->lead/none', -2)], [move('->lead/none', 2)]))).toEqual([]);
    expect(sumFlows(days([move('->lead/none', -2)], [move('->lead/none', 5)]))).toMatchObject([{ count: 3 }]);
  });

  it('leave out changes of the tier alone, which are counted apart', () => {
    const moved = days([
      move('lead/none>lead/good', 2),
      move('lead/good>lead/risky', 3),
      move('->lead/none', 9),
    ]);
    expect(sumFlows(moved)).toMatchObject([{ from: 'new' }]);
    expect(countTierChanges(moved)).toEqual({ better: 2, worse: 3 });
  });

  it.each([
    ['new', 'sql', 'in'],
    ['lead', 'sql', 'forward'],
    ['sql', 'lead', 'back'],
    ['customer', 'left', 'out'],
  ] as const)('from %s to %s go %s', (from, to, kind) => {
    expect(kindOf({ from, to })).toBe(kind);
  });
});

describe('the conversion at a stage', () => {
  const flows = sumFlows(
    days([
      move('->lead/none', 10),
      move('lead/none>mql/good', 6),
      move('lead/none>sql/good', 1),
      move('lead/none>subscriber/none', 2),
      move('lead/none>-', 1),
      move('sql/good>lead/risky', 3),
    ]),
  );
  const at = (stage: Stage) => countByStage(flows).find((each) => each.stage === stage);

  it('is the share of those that went to any later stage, of all that left it', () => {
    expect(at('lead')).toEqual({ stage: 'lead', came: 13, forward: 7, back: 2, out: 1, forwardShare: 0.7 });
  });

  it('is not known if none left the stage', () => {
    expect(at('mql')).toMatchObject({ came: 6, forwardShare: undefined });
  });

  it('is there for every stage', () => {
    expect(countByStage([]).map(({ stage }) => stage)).toEqual(stages);
  });
});

describe('a counter below zero', () => {
  const funnel = (leads: number, count: number) =>
    ({
      cells: [{ stage: 'lead', tier: 'none', leads }],
      days: days([move('->lead/none', count)]),
    }) as unknown as FunnelAnswer;

  it('is found among the leads of now and among the moves', () => {
    expect(hasNegative(funnel(-1, 1))).toBe(true);
    expect(hasNegative(funnel(1, -1))).toBe(true);
    expect(hasNegative(funnel(0, 0))).toBe(false);
  });
});
