import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInbound, tiers } from '../../events/index.ts';
import {
  collectLead,
  compareEnd,
  compareLead,
  createTally,
  explainMove,
  type LeadComparison,
  mergeTallies,
} from '../../shared/comparison/index.ts';
import {
  decideAll,
  type JudgedEvent,
  type LeadEvent,
  merge,
  type StoredState,
  toLeadEvent,
} from '../../shared/lead/index.ts';
import { instantOf, type ScoringModel } from '../../shared/scoring/index.ts';
import { decayingLead, type JudgedLead } from '../support/decaying-leads.ts';
import { now } from '../support/events.ts';
import { mergingHistory, type SentEvent } from '../support/histories.ts';
import { successReady } from '../support/models.ts';
import { seeded } from '../support/seed.ts';

const { seed, numRuns } = seeded();
/** Two random models are compiled for each of these. */
const fewRuns = numRuns / 5;
const hours = fc.constantFrom(0, 1, 24, 2_000);
const tier = fc.constantFrom(...tiers);

/** A lead, a second model beside its own, the tier before and an instant. */
const compared = fc
  .tuple(decayingLead, decayingLead, tier, hours)
  .map(([one, other, previousTier, later]) => ({
    facts: one.state.facts,
    models: { a: one.model, b: other.model },
    previousTier,
    at: instantOf(one.state.facts) + later * 3_600_000,
  }));

describe('a comparison of models', () => {
  it('shows no difference of a model from itself', () => {
    fc.assert(
      fc.property(decayingLead, tier, hours, ({ model, state: { facts } }: JudgedLead, before, later) => {
        const models = { a: model, b: model };
        const at = instantOf(facts) + later * 3_600_000;
        const comparison = compareLead(models, facts, before, at);
        expect(comparison.moved).toEqual([]);
        expect(comparison.standings.a).toEqual(comparison.standings.b);
        expect(explainMove(models, facts, comparison, { previousTier: before, at })).toEqual([]);
        const { tiers: last } = compareEnd(models, { outcome: 'won', at, facts });
        expect(last?.a).toBe(last?.b);
      }),
      { seed, numRuns },
    );
  });

  it('splits the difference of two scores into parts that sum up to it', () => {
    fc.assert(
      fc.property(compared, ({ models, facts, previousTier, at }) => {
        const comparison = compareLead(models, facts, previousTier, at);
        const { a, b } = comparison.standings;
        if (!comparison.moved.includes('tier') || comparison.moved.includes('disqualification')) return;
        const reasons = explainMove(models, facts, comparison, { previousTier, at });
        const sum = reasons.reduce((total, one) => total + ('difference' in one ? one.difference : 0), 0);
        // Each part is rounded to two decimals, and so are the dimensions that they are computed from.
        expect(Math.abs(sum - (b.score - a.score))).toBeLessThan(0.01 * (reasons.length + 8));
      }),
      { seed, numRuns: fewRuns },
    );
  });

  it('gives a reason for each move', () => {
    fc.assert(
      fc.property(compared, ({ models, facts, previousTier, at }) => {
        const comparison = compareLead(models, facts, previousTier, at);
        const reasons = explainMove(models, facts, comparison, { previousTier, at });
        expect(reasons.length > 0).toBe(comparison.moved.length > 0);
      }),
      { seed, numRuns: fewRuns },
    );
  });

  it('has the same figures however the leads are divided among threads', () => {
    fc.assert(
      fc.property(fc.array(compared, { maxLength: 12 }), fc.nat(12), (leads, cut) => {
        const tally = (some: typeof leads) => {
          const all = createTally();
          some.forEach(({ models, facts, previousTier, at }) => {
            all.add(compareLead(models, facts, previousTier, at) satisfies LeadComparison);
            all.addEnd(compareEnd(models, { outcome: previousTier === 'none' ? 'lost' : 'won', at, facts }));
          });
          return all.result();
        };
        const whole = tally(leads);
        const parts = mergeTallies(tally(leads.slice(0, cut)), tally(leads.slice(cut)));
        expect({ ...parts, scoreSums: undefined }).toEqual({ ...whole, scoreSums: undefined });
        expect(parts.scoreSums.a).toBeCloseTo(whole.scoreSums.a, 6);
      }),
      { seed, numRuns: fewRuns / 2 },
    );
  });
});

const accept = (entry: SentEvent): LeadEvent => {
  const parsed = parseInbound(entry, now);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.rejection));
  return toLeadEvent(parsed.event);
};

/** Decides an event, after everything that time has changed before it. */
const decideOne = (model: ScoringModel, before: StoredState | undefined, event: JudgedEvent): StoredState => {
  const { state, entries } = decideAll(model, before, [event], now);
  const after = { ...state, head: '' };
  return entries.some((entry) => entry.event === event) ? after : decideOne(model, after, event);
};

/** Decides events one after the other, as score-leads does, and returns the leads that are left. */
const decideEach = (model: ScoringModel, events: readonly LeadEvent[]) => {
  const states = new Map<string, StoredState>();
  const mergedInto = new Map<string, string>();
  const find = (leadId: string): string => {
    const into = mergedInto.get(leadId);
    return into === undefined ? leadId : find(into);
  };
  for (const event of events) {
    const leadId = find(event.data.leadId);
    const before = states.get(leadId);
    if (event.type === 'LeadErasureRequested') continue;
    if (event.type !== 'LeadsMerged') {
      states.set(leadId, decideOne(model, before, event));
      continue;
    }
    const other = find(event.data.mergedLeadId);
    const { survivor } = merge(
      model,
      { leadId, before },
      { leadId: other, before: states.get(other) },
      event,
      now,
    );
    states.set(leadId, { ...(survivor.state as StoredState), head: '' });
    if (other === leadId) continue;
    states.delete(other);
    mergedInto.set(other, leadId);
  }
  return { states, find };
};

describe('the facts of a comparison', () => {
  it('are those that score-leads has after the same events, also of merged leads', () => {
    const model = successReady();
    fc.assert(
      fc.property(mergingHistory, (sent) => {
        const events = sent
          .map(accept)
          .filter(({ type }) => type !== 'LeadRescoreRequested')
          .toSorted((a, b) => (a.metadata.occurredAt < b.metadata.occurredAt ? -1 : 1));
        const { states, find } = decideEach(model, events);
        for (const [leadId, { facts }] of states) {
          const own = events.filter(({ data }) => find(data.leadId) === leadId);
          const collected = collectLead(own, now);
          const { clock: _clock, ...known } = facts;
          expect(collected).toMatchObject({ kind: 'open' });
          expect(collected.kind === 'open' && collected.facts).toEqual(known);
        }
      }),
      { seed, numRuns },
    );
  });
});
