import { describe, expect, it } from 'vitest';
import { type BreakIt, foundAfter } from './check-document.ts';

const calendar = { zone: 'Europe/Berlin', days: ['mon', 'tue'], open: '09:00', close: '17:00' };

const deadlines =
  (given: object): BreakIt =>
  (document) => {
    document.policy.deadlines = given;
  };
const thenOf = (queue: string, steps: object[]): BreakIt =>
  // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
  deadlines({ then: { [queue]: steps } });
const then = (...steps: object[]): BreakIt => thenOf('sales', steps);
const pass = (queue: string) => ({ queue, dueHours: 4 });

const fine: [string, BreakIt][] = [
  ['nothing', deadlines({})],
  ['a calendar', deadlines({ calendar: { ...calendar, holidays: ['2028-02-29', '2026-12-25'] } })],
  ['an open day to its last minute', deadlines({ calendar: { ...calendar, open: '00:00', close: '23:59' } })],
  [
    'steps up to a last one',
    then({ remindHours: 2 }, pass('a'), pass('b'), pass('c'), { escalateTo: 'head-of-sales' }),
  ],
  ['a step that recycles', then({ recycle: true })],
  ['lists of activities', deadlines({ pausedBy: ['page_visited'], resetBy: ['demo_requested'] })],
];

const wrong: [string, BreakIt, string][] = [
  [
    'a calendar without hours',
    deadlines({ calendar: { ...calendar, open: '09:00', close: '09:00' } }),
    'policy.deadlines.calendar.close: given "09:00"; allowed: a time of day after calendar.open, 09:00',
  ],
  [
    'an unknown time zone',
    deadlines({ calendar: { ...calendar, zone: 'Europe/Atlantis' } }),
    'policy.deadlines.calendar.zone: given "Europe/Atlantis"; allowed: a time zone of the IANA database, such as Europe/Berlin',
  ],
  [
    'a queue that is named twice',
    then(pass('backup'), pass('backup')),
    `policy.deadlines.then.sales[1].queue: given "backup"; allowed: a queue that hasn't had the hand-off before: sales, backup had it`,
  ],
  [
    'the first queue again',
    then({ remindHours: 1 }, pass('sales')),
    `policy.deadlines.then.sales[1].queue: given "sales"; allowed: a queue that hasn't had the hand-off before: sales had it`,
  ],
  [
    'a fourth queue',
    then(pass('a'), pass('b'), pass('c'), pass('d')),
    'policy.deadlines.then.sales[3].queue: given "d"; allowed: at most 3 steps that pass the hand-off to a queue',
  ],
  [
    'a step after the last',
    then({ escalateTo: 'head' }, { remindHours: 1 }),
    'policy.deadlines.then.sales[1]: given {"remindHours":1}; allowed: no step: policy.deadlines.then.sales[0] is the last, nothing follows it',
  ],
  [
    'an activity in two lists',
    deadlines({ pausedBy: ['page_visited'], resumedBy: ['page_visited'] }),
    'policy.deadlines.resumedBy[0]: given "page_visited"; allowed: an activity in one list only, once; policy.deadlines.pausedBy[0] is this one',
  ],
  [
    'an activity that the model lacks',
    deadlines({ resetBy: ['page_visit'] }),
    'policy.deadlines.resetBy[0]: given "page_visit"; allowed: an activity of this model; did you mean page_visited?',
  ],
];

describe('the deadlines of a policy', () => {
  it.each(fine)('may have %s', (_, breakIt) => {
    expect(foundAfter(breakIt)).toEqual({ errors: [], warnings: [] });
  });

  it.each(wrong)('are refused with %s', (_, breakIt, ...errors) => {
    expect(foundAfter(breakIt).errors).toEqual(errors);
  });

  it('are refused with a date that is none', () => {
    for (const date of ['2026-02-30', '2027-02-29', '2026-13-01', '25.12.2026']) {
      const { errors } = foundAfter(deadlines({ calendar: { ...calendar, holidays: [date] } }));
      expect(errors).toEqual([
        expect.stringMatching(
          `^policy\\.deadlines\\.calendar\\.holidays\\[0\\]: given "${date}"; allowed: .*date`,
        ),
      ]);
    }
  });

  it('are warned of if nothing ever ends a pause', () => {
    expect(foundAfter(deadlines({ pausedBy: ['page_visited'] }))).toEqual({
      errors: [],
      warnings: [
        'policy.deadlines.pausedBy: given ["page_visited"]; allowed: a list beside resumedBy or resetBy: without them, a deadline that stands still never goes on',
      ],
    });
  });

  it('are warned of if no rule hands off to their queue', () => {
    const { errors, warnings } = foundAfter(thenOf('field', [{ recycle: true }]));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([
      'policy.deadlines.then.field: given the name "field"; allowed: a queue that a rule hands off to: sales',
    ]);
  });
});
