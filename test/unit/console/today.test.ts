import { describe, expect, it } from 'vitest';
import { filterHandoffs, readFilters } from '../../../console/pages/today/filters.ts';
import type { ListedHandoff } from '../../../console/pages/today/handoff.ts';
import { byDueTimeAndTier, countAtAGlance } from '../../../console/pages/today/order.ts';
import { holdStill } from '../../../console/pages/today/shown-list.ts';
import { formatTime } from '../../../console/pages/today/time-left.ts';
import { nameInSentence } from '../../../console/parts/handoff/answerable.ts';
import { isMine, mayAnswer } from '../../../console/parts/handoff/may-answer.ts';
import type { Person } from '../../../console/session/person.ts';

const handoff = (id: string, given: Partial<ListedHandoff> = {}): ListedHandoff => ({
  id: `${id}~h`,
  handoffId: 'h',
  leadId: id,
  state: 'open',
  queue: 'sales',
  requestedAt: '2026-03-01T08:00:00.000Z',
  dueAt: '2026-03-02T08:00:00.000Z',
  late: false,
  ...given,
});

const seller: Person = { subject: 'sam@example.com', id: 'u-7', role: 'seller', queues: ['sales'] };
const admin: Person = { subject: 'ann@example.com', id: 'u-8', role: 'admin', queues: [] };
const idsOf = (list: readonly ListedHandoff[]): string[] => list.map(({ leadId }) => leadId);

describe('the order of hand-offs', () => {
  it('has late ones first, then those that are due first, then the better tiers', () => {
    const list = [
      handoff('paused', { dueAt: undefined } as never),
      handoff('good', { tier: 'good' }),
      handoff('excellent', { tier: 'excellent', dueAt: '2026-03-02T08:00:59.000Z' }),
      handoff('soon', { tier: 'risky', dueAt: '2026-03-02T07:00:00.000Z' }),
      handoff('passed-on', { late: true, dueAt: '2026-03-09T08:00:00.000Z' }),
    ];
    expect(idsOf(list.toSorted(byDueTimeAndTier))).toEqual([
      'passed-on',
      'soon',
      'excellent',
      'good',
      'paused',
    ]);
  });

  it('has the latest answers first of those that are answered', () => {
    const list = [
      handoff('first', { state: 'accepted', answeredAt: '2026-03-01T09:00:00.000Z' }),
      handoff('second', { state: 'accepted', answeredAt: '2026-03-01T10:00:00.000Z' }),
    ];
    expect(idsOf(list.toSorted(byDueTimeAndTier))).toEqual(['second', 'first']);
  });
});

describe('the state of the queues at a glance', () => {
  it('counts what is late apart from what is due until the end of the day', () => {
    const now = new Date(2026, 2, 1, 12).getTime();
    const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();
    const list = [
      handoff('late', { late: true, dueAt: at(-1) }),
      handoff('tonight', { dueAt: at(11) }),
      handoff('tomorrow', { dueAt: at(13), queue: 'priority' }),
    ];
    expect(countAtAGlance(list, now)).toEqual({
      open: 3,
      late: 1,
      dueToday: 1,
      queues: [
        ['sales', 2],
        ['priority', 1],
      ],
    });
  });
});

describe('the filters of Today', () => {
  const read = (text: string, person = admin) => readFilters(new URLSearchParams(text), person);

  it('show a seller with queues its own at first, and everybody else all', () => {
    expect(read('', seller).whose).toBe('mine');
    expect(read('whose=all', seller).whose).toBe('all');
    expect(read('').whose).toBe('all');
  });

  it('take a value that is none for no filter', () =>
    expect(read('tier=golden&state=lost&late=1&whose=you')).toEqual({
      queue: undefined,
      tier: undefined,
      state: 'open',
      whose: 'all',
      lateOnly: false,
    }));

  it('count as mine what is in a queue of mine, or is of a lead that I own', () => {
    expect(isMine(handoff('a'), seller)).toBe(true);
    expect(isMine(handoff('a', { queue: 'priority' }), seller)).toBe(false);
    expect(isMine(handoff('a', { queue: 'priority', owner: ' Sam@Example.com' }), seller)).toBe(true);
    expect(isMine(handoff('a', { queue: 'priority', owner: 'U-7' }), seller)).toBe(true);
    expect(isMine(handoff('a'), undefined)).toBe(false);
  });

  it('leave out what matches one of them only', () => {
    const list = [
      handoff('both', { tier: 'good', late: true }),
      handoff('tier', { tier: 'good' }),
      handoff('late', { tier: 'risky', late: true }),
      handoff('other-queue', { tier: 'good', late: true, queue: 'priority' }),
    ];
    expect(idsOf(filterHandoffs(list, read('tier=good&late=yes&queue=sales'), admin))).toEqual(['both']);
  });
});

describe('the answers that are offered', () => {
  it('are those that the API takes: of sellers to theirs, of admins to all, of viewers to none', () => {
    const [own, others] = [handoff('a'), handoff('b', { queue: 'priority' })];
    expect([own, others].map((each) => mayAnswer(each, seller))).toEqual([true, false]);
    expect([own, others].map((each) => mayAnswer(each, admin))).toEqual([true, true]);
    expect(mayAnswer(own, { ...seller, role: 'viewer' })).toBe(false);
  });
});

describe('a list that is held still', () => {
  it('keeps its rows where they are, with what was loaded of them, while new ones wait', () => {
    const shown = [
      { id: 'a', n: 1 },
      { id: 'b', n: 1 },
    ];
    const loaded = [
      { id: 'new', n: 2 },
      { id: 'b', n: 2 },
    ];
    expect(holdStill(shown, loaded)).toEqual({
      rows: [
        { id: 'a', n: 1 },
        { id: 'b', n: 2 },
      ],
      gone: new Set(['a']),
      waiting: 1,
    });
  });
});

describe('the time that is left', () => {
  it.each([
    [59_999, undefined],
    [60_000, '1m'],
    [80 * 60_000, '1h 20m'],
    [2 * 3_600_000, '2h'],
    [-26 * 3_600_000, '1d 2h'],
    [93.7 * 86_400_000, '93d 16h'],
  ])('of %i ms is %s', (ms, text) => expect(formatTime(ms, 'en')).toBe(text));

  it('is in the language of the reader', () => expect(formatTime(80 * 60_000, 'es')).toBe('1h 20min'));
});

describe('a name in a sentence', () => {
  it('is isolated, and cannot turn the sentence around or end its isolation', () =>
    expect(nameInSentence({ leadId: 'l', name: 'ev\u202Eil\u2069' })).toBe('\u2068evil\u2069'));

  it('is short, and never half a character', () => {
    const text = nameInSentence({ leadId: 'l', name: '😀'.repeat(10_000) });
    expect(text).toBe(`\u2068${'😀'.repeat(60)}…\u2069`);
  });

  it('is the id of the lead if no name is known', () =>
    expect(nameInSentence({ leadId: 'l-1' })).toBe('\u2068l-1\u2069'));
});
