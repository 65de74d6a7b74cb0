import { describe, expect, it } from 'vitest';
import { computeLeeway, findStep } from '../../../cli/clock/find-step.ts';
import { runsHere, runsWhenMoved } from '../../../cli/clock/local-schedules.ts';
import { parseTimeWarp } from '../../../cli/clock/parse-time-warp.ts';
import { defaultModelFile, readModelFile } from '../../../cli/explain/find-model.ts';
import { orderByTime } from '../../../cli/replay/feed-by-clock.ts';
import { describeAnnouncement } from '../../../cli/start/announcement-words.ts';
import { hourMs, outboundContracts } from '../../../events/index.ts';
import { buildEntry } from '../../support/events.ts';

describe('--time-warp', () => {
  it.each([
    ['1d/s', 86_400],
    ['30d/s', 2_592_000],
    ['6h/s', 21_600],
    ['30m/s', 1_800],
  ])('takes %s', (given, rate) => expect(parseTimeWarp(given)).toBe(rate));

  it.each(['', '1d', 'd/s', '0d/s', '-1d/s', '1.5d/s', '1w/s', '1d/m', '31d/s', '99999h/s', '1d/s '])(
    'refuses "%s", and names what is allowed',
    (given) =>
      expect(() => parseTimeWarp(given)).toThrow(/allowed: .* such as 1d\/s, 6h\/s or 30m\/s, up to 30d\/s/),
  );
});

describe('the next move of a clock', () => {
  const never = Number.POSITIVE_INFINITY;

  it.each<[string, lead: number, followUp: number, step: number | undefined]>([
    ['nothing is due in time', 101, 102, undefined],
    ['nothing is due at all', never, never, undefined],
    ['a follow-up is due: at its instant', never, 40, 40],
    ['a lead is due: as late as makes no difference', 40, never, 50],
    ['a lead is due near the end: not beyond it', 95, never, 100],
    ['a lead is due before a follow-up: before it', 40, 45, 44],
    ['both are due at once: together', 40, 40, 40],
  ])('if %s', (_, lead, followUp, step) => expect(findStep({ lead, followUp }, 10, 100)).toBe(step));

  it('may be as late as the shortest time in the policy of the model allows', () =>
    expect(computeLeeway(readModelFile(defaultModelFile))).toBe(hourMs));
});

it('leaves out the schedules that make no sense on one machine', () => {
  const schedules = [
    'AdvanceLeads/EveryFiveMinutes',
    'RecountFunnel/Hourly',
    'SendCanary/EveryFiveMinutes',
    'AnchorHeads/Daily',
  ];
  expect(schedules.filter(runsHere)).toEqual(['AdvanceLeads/EveryFiveMinutes', 'RecountFunnel/Hourly']);
  expect(schedules.filter(runsWhenMoved)).toEqual(['AdvanceLeads/EveryFiveMinutes']);
});

describe('events that are fed by the clock', () => {
  const at = Date.parse;
  const entry = (number: number, occurredAt: string) => {
    const event = buildEntry({
      type: 'LeadActivityRecorded',
      data: { leadId: 'l-1', activity: 'a' },
      id: `e-${number}`,
      at: occurredAt,
    });
    return { file: 'f.jsonl', number, text: JSON.stringify(event) };
  };
  const entries = [
    entry(1, '2026-03-03T09:00:00.000Z'),
    { file: 'f.jsonl', number: 2, text: '{}' },
    entry(3, '2026-03-01T09:00:00.000Z'),
  ];

  it('are put in the order of time, a rejected one behind the event before it', () => {
    const ordered = orderByTime(entries, at('2026-03-03T09:00:00.000Z'));
    expect(ordered.map(({ entry: { number } }) => number)).toEqual([3, 1, 2]);
  });

  it('are refused if the clock would have to stop before the last one', () =>
    expect(() => orderByTime(entries, at('2026-03-02T00:00:00.000Z'))).toThrow(
      "--until: given 2026-03-02T00:00:00.000Z; allowed: an instant that isn't before the last event, f.jsonl:1 of 2026-03-03T09:00:00.000Z",
    ));
});

describe('announcements on the screen', () => {
  it.each([
    ['LeadTierChanged', 'l-1 rises from risky to good.'],
    ['LeadStageTransitioned', 'l-1 moves from lead to mql.'],
    ['HandoffRequested', 'l-1 is handed off to sales, which has to answer by 2026-03-02T09:00:00.000Z.'],
    ['HandoffExpired', 'l-1 got no answer from sales in time: it is passed on to sales-backup.'],
    ['NurtureStarted', 'l-1 begins the nurture track lead-nurture.'],
  ] as const)('say what %s means, with its instant', (type, words) => {
    const event = outboundContracts[type].sampleEvent;
    expect(describeAnnouncement(event as never)).toBe(`${event.detail.metadata.occurredAt}  ${words}`);
  });

  it('are left out if they concern no lead, or come from somebody else', () => {
    const { sampleEvent } = outboundContracts.LeadTierChanged;
    expect(describeAnnouncement({ ...sampleEvent, source: 'crm' } as never)).toBeUndefined();
    expect(
      describeAnnouncement(outboundContracts.ScoringModelActivated.sampleEvent as never),
    ).toBeUndefined();
  });
});
