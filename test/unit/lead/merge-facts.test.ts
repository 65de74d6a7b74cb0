import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../../shared/dynamodb/index.ts';
import { evolve, mergeFacts, type SignalEvent } from '../../../shared/lead/index.ts';
import { normaliseFacts } from '../../../shared/lead/normalise-facts.ts';
import { computeDay, type Facts, noFacts } from '../../../shared/scoring/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';
import { signals } from '../../support/histories.ts';
import { seeded } from '../../support/seed.ts';

const fold = (events: readonly SignalEvent[]): Facts => events.reduce(evolve, noFacts);

let next = 0;
const signal = (type: EventInput['type'], data: EventInput['data'], day: string): SignalEvent =>
  buildSignal({ type, data, at: `${day}T00:00:00.000Z`, id: `e-${next++}` });
const answered = (value: unknown, day: string, text?: string) =>
  signal('LeadAnswersRecorded', { answers: { budget: { value, ...(text !== undefined && { text }) } } }, day);
const visited = (count: number, day: string) =>
  signal('LeadActivityRecorded', { activity: 'page_visited', count }, day);
const won = (details: object, day: string) =>
  signal('LeadOutcomeRecorded', { outcome: 'won', ...details }, day);

/** Returns the merged facts of two leads, and checks that the order in which the leads are named doesn't matter. */
const merged = (a: readonly SignalEvent[], b: readonly SignalEvent[]): Facts => {
  const facts = mergeFacts(fold(a), fold(b));
  expect(canonical(mergeFacts(fold(b), fold(a)))).toBe(canonical(facts));
  expect(canonical(facts)).toBe(canonical(fold([...a, ...b])));
  return facts;
};

describe('merged facts', () => {
  it('have the facts that only one of the leads had', () => {
    const profile = signal('LeadProfileUpdated', { attributes: { industry: 'software' } }, '2026-03-01');
    expect(merged([profile], [visited(2, '2026-03-02')])).toMatchObject({
      seen: Date.parse('2026-03-02'),
      attributes: { industry: ['software', Date.parse('2026-03-01')] },
      activities: { page_visited: [2, Date.parse('2026-03-02'), [computeDay(Date.parse('2026-03-02')), 2]] },
    });
  });

  it('have no fact that neither lead had', () => {
    expect(mergeFacts(noFacts, noFacts)).toStrictEqual(noFacts);
  });

  it('have the later of two values, and the sums of counts', () => {
    const stage = (name: string, day: string) => signal('LeadStageChanged', { stage: name }, day);
    const { stated, activities, outcomes } = merged(
      [stage('sql', '2026-03-01'), visited(2, '2026-03-01'), won({ amount: 9 }, '2026-03-05')],
      [stage('lead', '2026-03-02'), visited(3, '2026-03-01'), won({ amount: 7 }, '2026-03-04')],
    );
    expect(stated).toEqual([{ stage: 'lead' }, Date.parse('2026-03-02')]);
    expect(activities.page_visited).toMatchObject([5, Date.parse('2026-03-01'), [expect.any(Number), 5]]);
    expect(outcomes.won).toEqual([2, Date.parse('2026-03-05'), { amount: 9 }]);
  });

  it('are those of the one lead if nothing is known of the other', () => {
    const events = [visited(1, '2026-03-01'), answered('approved', '2026-03-02', 'About 9,000.')];
    expect(merged(events, [])).toEqual(fold(events));
    expect(mergeFacts(noFacts, noFacts)).toEqual(noFacts);
  });

  it('have the verdicts of both', () => {
    const verdict = (type: 'HandoffAccepted' | 'HandoffRejected', handoffId: string, day: string) =>
      signal(type, { handoffId, actor: 'ann' }, day);
    expect(
      merged(
        [verdict('HandoffAccepted', 'h-1', '2026-03-01'), verdict('HandoffRejected', 'h-2', '2026-03-03')],
        [verdict('HandoffAccepted', 'h-3', '2026-03-02')],
      ),
    ).toMatchObject({
      verdicts: {
        'h-1': [{ verdict: 'accepted' }, expect.anything()],
        'h-2': [{ verdict: 'rejected' }, expect.anything()],
        'h-3': [{ verdict: 'accepted' }, expect.anything()],
      },
    });
  });

  it('have the named verdicts of an old ledger by hand-off, of which the earlier counts', () => {
    const verdict = (handoffId: string, at: number) => [{ actor: 'ann', handoffId }, at] as const;
    const old = {
      ...noFacts,
      accepted: verdict('h-1', 5),
      rejected: [{ actor: 'bob', reason: 'none' }, 6] as const,
      verdicts: { 'h-2': [{ verdict: 'accepted', actor: 'ann' }, 9] as const },
    };
    const fact = (kind: string, at: number) => [{ verdict: kind, actor: 'ann' }, at];
    expect(normaliseFacts(old)).toEqual({
      ...noFacts,
      rejected: [{ actor: 'bob', reason: 'none' }, 6],
      verdicts: { 'h-1': fact('accepted', 5), 'h-2': fact('accepted', 9) },
    });
    expect(normaliseFacts({ ...noFacts, accepted: verdict('h-1', 5), rejected: verdict('h-1', 4) })).toEqual({
      ...noFacts,
      verdicts: { 'h-1': fact('rejected', 4) },
    });
  });

  it('do not change the facts that they are made of', () => {
    const [a, b] = [fold([visited(1, '2026-03-01')]), fold([visited(1, '2026-03-02')])];
    const before = structuredClone([a, b]);
    mergeFacts(a, b);
    expect([a, b]).toEqual(before);
  });
});

describe('merged answers', () => {
  it('have the earlier values of either lead', () => {
    const facts = merged(
      [answered('none', '2026-03-01'), answered('approved', '2026-03-04')],
      [answered('planned', '2026-03-02')],
    );
    expect(facts.answers.budget).toEqual([
      'approved',
      Date.parse('2026-03-04'),
      null,
      [
        ['planned', Date.parse('2026-03-02')],
        ['none', Date.parse('2026-03-01')],
      ],
    ]);
  });

  it("withdraw the other lead's earlier answers, and none of its later ones", () => {
    const withdrawn = [answered(null, '2026-03-03')];
    expect(merged(withdrawn, [answered('none', '2026-03-01')]).answers.budget).toEqual([
      null,
      Date.parse('2026-03-03'),
    ]);
    expect(
      merged(withdrawn, [answered('none', '2026-03-01'), answered('approved', '2026-03-04')]).answers.budget,
    ).toEqual(['approved', Date.parse('2026-03-04'), null, [[null, Date.parse('2026-03-03')]]]);
  });

  it('withdraw nothing more if a withdrawn answer is forgotten because of newer ones', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((value, i) => answered(value, `2026-03-1${i}`));
    merged([answered(null, '2026-03-02'), ...many], [answered('old', '2026-03-01')]);
    merged([answered(null, '2026-03-05')], [answered('old', '2026-03-01'), ...many]);
  });

  it('have the fullest wording of both', () => {
    const facts = merged(
      [answered('approved', '2026-03-04')],
      [answered('approved', '2026-03-01', 'About 90,000 a year.')],
    );
    expect(facts.answers.budget).toEqual(['approved', Date.parse('2026-03-04'), [4, 1]]);
  });

  it('of one instant, and of lists, are the same whichever lead gave them', () => {
    merged([answered('planned', '2026-03-01')], [answered('approved', '2026-03-01')]);
    merged([answered(null, '2026-03-01')], [answered('approved', '2026-03-01')]);
    merged(
      [answered(['a', 'b'], '2026-03-01'), answered('none', '2026-02-01')],
      [answered(['b'], '2026-03-01'), answered(['c'], '2026-01-01')],
    );
  });
});

describe('merged counts by day', () => {
  it('drop the days of the one lead that no window reaches from the other, ten years later', () => {
    const facts = merged([visited(3, '2015-05-01'), visited(4, '2016-04-30')], [visited(2, '2026-05-01')]);
    expect(facts.activities.page_visited).toEqual([
      9,
      Date.parse('2026-05-01'),
      [computeDay(Date.parse('2026-05-01')), 2],
    ]);
  });

  it('drop the days of activities that only the older lead has, too', () => {
    const facts = merged(
      [signal('LeadActivityRecorded', { activity: 'demo_requested' }, '2016-05-01')],
      [visited(2, '2026-05-01')],
    );
    expect(facts.activities.demo_requested).toEqual([1, Date.parse('2016-05-01'), []]);
  });

  it('drop nothing that a window still reaches', () => {
    const facts = merged([visited(1, '2025-05-02')], [visited(2, '2026-05-01')]);
    expect(facts.activities.page_visited?.[2]).toHaveLength(4);
  });
});

describe('facts of any leads', () => {
  /** The signals of a lead. Some are ten years older than the others, so that all their days are dropped. */
  const lead = fc.tuple(signals, fc.boolean()).map(([events, isOld]) =>
    events.map((event): SignalEvent => {
      const { occurredAt } = event.metadata;
      const at = isOld ? `${Number(occurredAt.slice(0, 4)) - 10}${occurredAt.slice(4)}` : occurredAt;
      return { ...event, metadata: { ...event.metadata, occurredAt: at } };
    }),
  );

  it('I13: when merged, are what the events of both give, in any order', () => {
    fc.assert(
      fc.property(lead, lead, fc.array(fc.nat(), { minLength: 48, maxLength: 48 }), (a, b, ranks) => {
        const union = [...a, ...b]
          .map((event, i) => ({ event, rank: ranks[i] ?? 0 }))
          .toSorted((x, y) => x.rank - y.rank)
          .map(({ event }) => event);
        expect(canonical(mergeFacts(fold(a), fold(b)))).toBe(canonical(fold(union)));
      }),
      seeded(),
    );
  });

  it('I13: are so, too, if all events are about one question, within a few days', () => {
    const long = ['x'.repeat(70), `7.${'0'.repeat(70)}`];
    const value = fc.constantFrom(null, 'a', 'b', 'c', 'd', 'e', 7, true, ['a'], ['b'], ...long);
    const text = fc.constantFrom(undefined, undefined, 'No.', 'About 90,000 a year.');
    const answer = fc
      .tuple(value, fc.integer({ min: 1, max: 6 }), text)
      .map(([given, day, words]) => answered(given, `2026-03-0${day}`, words));
    const answers = fc.array(answer, { maxLength: 10 });
    fc.assert(
      fc.property(answers, answers, (a, b) => void merged(a, b)),
      seeded(),
    );
  });

  it('merge commutatively and associatively', () => {
    fc.assert(
      fc.property(lead, lead, lead, (...events) => {
        const [a, b, c] = events.map(fold) as [Facts, Facts, Facts];
        expect(canonical(mergeFacts(a, b))).toBe(canonical(mergeFacts(b, a)));
        expect(canonical(mergeFacts(a, mergeFacts(b, c)))).toBe(canonical(mergeFacts(mergeFacts(a, b), c)));
      }),
      seeded(),
    );
  });

  it('merge the same after they were stored, and with later events', () => {
    fc.assert(
      fc.property(lead, lead, lead, (a, b, late) => {
        const restored = (facts: Facts): Facts => JSON.parse(canonical(facts));
        const both = mergeFacts(restored(fold(a)), restored(fold(b)));
        expect(canonical(late.reduce(evolve, both))).toBe(canonical(fold([...a, ...b, ...late])));
      }),
      seeded(),
    );
  });
});
