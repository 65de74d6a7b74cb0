import { describe, expect, it } from 'vitest';
import { render } from '../../../cli/output/render.ts';
import { formatRate, formatShare } from '../../../cli/report/text/format-figures.ts';
import { formatReport } from '../../../cli/report/text/format-report.ts';
import { titles } from '../../../cli/report/text/section-titles.ts';
import type { Report } from '../../../shared/report/tally.ts';
import { computeProportion } from '../../../shared/report/wilson.ts';
import {
  answered,
  did,
  ended,
  graded,
  type LeadHistory,
  onDay,
  type ReportOptions,
  reportOn,
  segmented,
  staged,
} from './lead-history.ts';
import { gradeModel, gradeModelWithout } from './model.ts';

/** Returns the lines below a title, without blank ones and indentation. */
const below = (report: Report, title: keyof typeof titles): string[] => {
  const lines = render(formatReport(report));
  const names: readonly string[] = Object.values(titles);
  const rest = lines.slice(lines.indexOf(titles[title]) + 1);
  const end = rest.findIndex((line) => names.includes(line));
  return rest
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.trim())
    .filter((line) => line !== '');
};
const section = async (
  title: keyof typeof titles,
  histories: readonly LeadHistory[],
  options?: ReportOptions,
) => below(await reportOn(histories, options), title);

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe('a share', () => {
  it('is shown from five cases on', () => {
    expect(formatShare(1, 4)).toBe('too few to tell');
    expect(formatShare(1, 5)).toBe('20 %');
  });

  it('of won deals is shown with its interval, from five on', () => {
    const rate = (won: number, lost: number) =>
      formatRate({ won, lost, rate: computeProportion(won, won + lost) });
    expect(rate(0, 0)).toBe('too few to tell');
    expect(rate(3, 1)).toBe('too few to tell');
    expect(rate(15, 5)).toBe('75 % (53 to 89 %)');
    expect(rate(0, 5)).toBe('0 % (0 to 43 %)');
  });
});

describe('a report for people', () => {
  it('begins with the number of leads, the instant and the source of tiers', async () => {
    const histories = [[graded(0, 'good')]];
    const first = async (options: ReportOptions) =>
      render(formatReport(await reportOn(histories, options)))[0];
    expect(await first({ now: onDay(1) })).toBe(
      '1 lead as of 2026-01-02 00:00 UTC. Tiers are judged by model grade@1 from what had happened by then.',
    );
    expect(await first({ now: onDay(1), tiers: 'recorded' })).toBe(
      '1 lead as of 2026-01-02 00:00 UTC. Tiers are those that were recorded at the time; all else is judged by model grade@1.',
    );
  });

  it('has every section in its order, also without any data', async () => {
    const lines = render(formatReport(await reportOn([])));
    const names: readonly string[] = Object.values(titles);
    expect(lines.filter((line) => names.includes(line))).toEqual(names);
    expect(lines.join('\n')).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it('shows where the leads are', async () => {
    expect(await section('funnel', [[graded(0, 'good'), staged(1, 'sql')]])).toContain(
      'sql                  0     1      0     0    1',
    );
  });
});

describe('the section on effort', () => {
  const demos: LeadHistory = [
    graded(0, 'risky'),
    did(1, 'demo_held', 2),
    graded(2, 'good'),
    did(3, 'demo_held', 6),
  ];

  it('shows how much went to poor tiers, in times and in hours', async () => {
    expect(await section('efforts', [[...demos, did(4, 'talk_held')]])).toEqual([
      'Of 9 efforts 2 (22 %) went to leads that were risky or had no tier, and 4 of 16 hours (25 %).',
      'effort          excellent  good  risky  none  all  on risky and none',
      'Demo                    0     6      2     0    8  25 %',
      'Discovery talk          0     1      0     0    1  too few to tell',
      'all of them             0     7      2     0    9  22 %',
      'in hours                0    12      4     0   16  25 %',
    ]);
  });

  it('shows no hours if the model states none', async () => {
    const efforts = [{ id: 'demo', title: 'Demo', kind: 'presales', activities: ['demo_held'] }];
    expect((await section('efforts', [demos], { model: gradeModel({ efforts }) })).join()).not.toContain(
      'hours',
    );
  });

  it('shows that the model names no efforts, or that none was recorded', async () => {
    expect(await section('efforts', [demos], { model: gradeModelWithout('efforts') })).toEqual([
      'The model names no efforts before the sale. Its section `efforts` lists the activities that count as such.',
    ]);
    expect(await section('efforts', [])).toEqual([
      'None of the efforts that the model names has been recorded.',
    ]);
  });
});

describe('the section on wins', () => {
  it('shows poor tiers beside good ones', async () => {
    const histories = [
      ...times(
        5,
        (i): LeadHistory => [graded(0, 'risky'), ended(1, 'won'), ended(2, i < 2 ? 'churned' : 'renewed')],
      ),
      [graded(0, 'good'), ended(1, 'won'), did(2, 'rescue_call')],
    ];
    expect(await section('customers', histories)).toEqual([
      'Of 5 wins that were risky or of no tier, 2 churned (40 %) and 3 renewed (60 %).',
      'Of 1 win that was good or excellent, 0 churned (too few to tell) and 0 renewed (too few to tell).',
      'won as     wins  renewed  expanded  referenced  churned  nothing yet  rescued  rescues  hours',
      'excellent     0        0         0           0        0            0        0        0      0',
      'good          1        0         0           0        0            1        1        1      3',
      'risky         5        3         0           0        2            0        0        0      0',
      'none          0        0         0           0        0            0        0        0      0',
      'As shares:',
      'won as           wins  renewed          expanded         referenced       churned          nothing yet      rescued',
      'good, excellent     1  too few to tell  too few to tell  too few to tell  too few to tell  too few to tell  too few to tell',
      'risky, none         5  60 %             0 %              0 %              40 %             0 %              0 %',
    ]);
  });
});

describe('the section on stays', () => {
  it('shows their length by tier, and by lane if one is known', async () => {
    const histories = times(
      5,
      (i): LeadHistory => [segmented(0, 'saas'), staged(0, 'sql'), staged(i + 1, 'opportunity')],
    );
    const lines = await section('stays', [...histories, [staged(0, 'lead'), staged(7, 'mql')]]);
    expect(lines).toEqual([
      'Stays that have ended, by the tier that the lead had then.',
      'stage  tier  stays  half within      9 of 10 within',
      'lead   all       1  too few to tell  too few to tell',
      'none      1  too few to tell  too few to tell',
      'sql    all       5  3 days           5 days',
      'none      5  3 days           5 days',
      'The same by lane, the segment of the market that the lead is in.',
      'stage  lane        stays  half within      9 of 10 within',
      'lead   none known      1  too few to tell  too few to tell',
      'sql    saas            5  3 days           5 days',
    ]);
  });

  it('leaves lanes out if none is known', async () => {
    const lines = await section('stays', [[staged(0, 'sql'), staged(9, 'opportunity')]]);
    expect(lines.join()).not.toContain('lane');
  });
});

describe('the section on stuck leads', () => {
  it('shows how many, the bound at each stage, and which', async () => {
    const passed = times(5, (i): LeadHistory => [staged(0, 'sql'), staged(i + 1, 'customer')]);
    const histories = [...passed, [staged(0, 'sql')], [staged(98, 'sql')], [staged(40, 'lead')]];
    expect(await section('stuck', histories, { limit: 1 })).toEqual([
      "2 leads have been at a stage for longer than is usual there. Disqualified leads and customers don't count.",
      'stage  leads  stuck  there for more than',
      'lead       1      1  30 days: fewer than 5 have left',
      'sql        2      1  5 days: 9 of 10 that left were quicker',
      'The one that has stayed longest:',
      'lead  stage  tier  there for',
      'l-6   sql    none  100 days',
    ]);
  });

  it('shows that no lead is on its way, or that none is stuck', async () => {
    expect(await section('stuck', [])).toEqual(['No lead is on its way.']);
    expect((await section('stuck', [[staged(99, 'sql')]])).at(-1)).toBe(
      'sql        1      0  30 days: fewer than 5 have left',
    );
  });
});

describe('the sections on deals', () => {
  const wins = (count: number, known: string): LeadHistory[] =>
    times(count, () => [answered(0, known, 'yes'), ended(1, 'won')]);

  it('show the win rate of each tier', async () => {
    const histories = times(8, (i): LeadHistory => [graded(0, 'good'), ended(1, i < 6 ? 'won' : 'lost')]);
    expect(await section('winRates', histories)).toContain('good         6     2  75 % (41 to 93 %)');
    expect(await section('winRates', [])).toEqual(['No deal has been won or lost.']);
  });

  it('compare a complete slide with BANT alone', async () => {
    expect((await section('readiness', [...wins(6, 'slide'), ...wins(1, 'bant')]))[0]).toBe(
      'Deals won with a complete situation slide (ready for a demo), compared with those won on BANT alone (budget, authority, need, time frame): 6 to 1 (6 to 1).',
    );
    expect((await section('readiness', [...wins(5, 'slide'), ...wins(3, 'bant')]))[0]).toContain(
      '(1.7 to 1)',
    );
    expect((await section('readiness', [...wins(3, 'slide'), ...wins(1, 'bant')]))[0]).toContain(
      '(too few to tell)',
    );
    expect((await section('readiness', wins(9, 'slide')))[0]).toContain('9 to 0 (too few to tell)');
  });

  it('show that the model has nothing to compare', async () => {
    const lines = (without: string) =>
      section('readiness', wins(6, 'slide'), { model: gradeModelWithout(without) });
    expect((await lines('slide'))[0]).toContain('The model has no situation slide');
    expect((await lines('bant'))[0]).toContain('The model has no BANT');
  });
});

describe('the section on what is left out', () => {
  it('names only what exists', async () => {
    const history = [
      ended(0, 'renewed'),
      graded(1, 'good'),
      ended(2, 'lost'),
      ended(3, 'lost'),
      graded(120, 'risky'),
    ];
    expect(await section('leftOut', [history])).toEqual([
      '1 event is later than the instant of the report, and not counted.',
      '1 outcome repeats the one before, with nothing in between, and is not counted.',
      '1 renewal, expansion, reference or churn came without a recorded win before, and is not counted.',
      '1 lead is a customer without a recorded win, and counts as a lead, not as a win.',
    ]);
    expect(await section('leftOut', [[graded(1, 'good')]])).toEqual(['no lead and no event']);
  });

  it('names the models by which leads were scored', async () => {
    const options = { model: gradeModel({ version: '2' }), scoredBy: gradeModel() };
    expect(await section('leftOut', [[graded(0, 'good')], [graded(0, 'good')]], options)).toEqual([
      '2 leads were scored last by model grade@1, and are judged here by grade@2; --model selects another.',
    ]);
  });
});
