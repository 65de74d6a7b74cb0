import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../../shared/dynamodb/index.ts';
import { evolve, type JudgedEvent } from '../../../shared/lead/index.ts';
import { type Facts, noFacts, readBoolean } from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';
import { seeded } from '../../support/seed.ts';

interface Statement {
  readonly leadId: string;
  readonly value: unknown;
  readonly day: number;
}
interface Merge {
  readonly leadId: string;
  readonly mergedLeadId: string;
  readonly day: number;
}
type Step = Statement | Merge;

const isMerge = (step: Step): step is Merge => 'mergedLeadId' in step;
const said = (leadId: string, value: unknown, day: number): Statement => ({ leadId, value, day });
const merge = (leadId: string, mergedLeadId: string, day: number): Merge => ({ leadId, mergedLeadId, day });
const instantOf = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`;

const toEvent = ({ leadId, value, day }: Statement): JudgedEvent =>
  buildSignal({
    type: 'LeadProfileUpdated',
    data: { leadId, attributes: { optedOut: value } },
    at: instantOf(day),
    id: `${leadId}-${day}-${encodeURIComponent(canonical(value))}`,
  });

const toMerging = ({ leadId, mergedLeadId, day }: Merge, merged: Facts | undefined): JudgedEvent => ({
  type: 'LeadsMerged',
  source: 'crm',
  metadata: { eventId: `${mergedLeadId}-into-${leadId}`, occurredAt: instantOf(day), schemaVersion: 1 },
  data: { leadId, mergedLeadId },
  ...(merged !== undefined && { merged }),
});

/** Folds steps in the order in which they arrive, as the ledger does: events of a merged lead count for its survivor. */
const arrive = (steps: readonly Step[]): { facts: Facts; wasSilent: boolean } => {
  const leads = new Map<string, Facts>();
  const into = new Map<string, string>();
  const survivorOf = (leadId: string): string => {
    const next = into.get(leadId);
    return next === undefined ? leadId : survivorOf(next);
  };
  let wasSilent = false;
  for (const step of steps) {
    const leadId = survivorOf(step.leadId);
    const before = leads.get(leadId) ?? noFacts;
    if (!isMerge(step)) {
      leads.set(leadId, evolve(before, toEvent(step)));
      continue;
    }
    const other = survivorOf(step.mergedLeadId);
    if (other === leadId) {
      leads.set(leadId, evolve(before, toMerging(step, undefined)));
      continue;
    }
    const merged = leads.get(other);
    wasSilent ||= [before, merged].every((facts) => facts?.attributes.optedOut === undefined);
    leads.set(leadId, evolve(before, toMerging(step, merged)));
    leads.delete(other);
    into.set(other, leadId);
  }
  return { facts: [...leads.values()][0] ?? noFacts, wasSilent };
};

const isOut = (...steps: readonly Step[]): boolean | undefined =>
  readBoolean(arrive(steps).facts.attributes.optedOut?.[0]);

describe('optedOut', () => {
  it('I13: is what the stricter of two merged leads says, whichever said it later', () => {
    expect(isOut(said('a', true, 1), said('b', false, 2), merge('b', 'a', 5))).toBe(true);
    expect(isOut(said('a', false, 1), said('b', true, 2), merge('b', 'a', 5))).toBe(true);
    expect(isOut(said('a', true, 2), said('b', false, 1), merge('b', 'a', 5))).toBe(true);
    expect(isOut(said('a', false, 1), said('b', false, 2), merge('b', 'a', 5))).toBe(false);
  });

  it('is taken back by the same lead, before a merge', () => {
    expect(isOut(said('a', true, 1), said('a', false, 2), said('b', false, 1), merge('b', 'a', 5))).toBe(
      false,
    );
  });

  it('is taken back by any lead of the person after the merge, and not before', () => {
    const both = [said('a', true, 1), merge('b', 'a', 5)];
    expect(isOut(...both, said('b', false, 6))).toBe(false);
    expect(isOut(...both, said('b', false, 4))).toBe(true);
    expect(isOut(...both, said('b', false, 6), said('b', true, 7))).toBe(true);
    expect(isOut(...both, said('b', false, 6), said('a', true, 7))).toBe(true);
  });

  it('stays taken back when a lead is merged in later that has said nothing', () => {
    expect(isOut(said('a', true, 1), merge('b', 'a', 5), said('b', false, 6), merge('b', 'c', 8))).toBe(
      false,
    );
  });

  it('is cleared by the same lead alone', () => {
    expect(isOut(said('a', true, 1), said('a', null, 2), merge('b', 'a', 5))).toBeUndefined();
    expect(isOut(said('a', true, 1), merge('b', 'a', 5), said('b', null, 6))).toBe(true);
  });

  it('I17: is the same whether it comes as a truth value or as a text in any case', () => {
    for (const value of [true, 'true', 'TRUE', ' True '])
      expect(isOut(said('a', value, 1), said('b', 'False', 2), merge('b', 'a', 5))).toBe(true);
    // No rule of a model reads these as a yes, and neither does a merge.
    for (const value of [1, 'yes'])
      expect(isOut(said('a', value, 1), said('b', false, 2), merge('b', 'a', 5))).toBe(false);
  });

  it('of a lead that was never merged is its latest statement, with nothing stored beside', () => {
    const { facts } = arrive([said('a', true, 1), said('a', false, 2)]);
    expect(facts).toEqual({
      ...noFacts,
      seen: Date.parse(instantOf(2)),
      attributes: { optedOut: [false, Date.parse(instantOf(2))] },
    });
  });

  it('leaves nothing in the facts of merged leads that never said anything about it', () => {
    expect(arrive([merge('b', 'a', 5)]).facts).toEqual(noFacts);
  });

  it('is found in an old state, and stays readable after storing', () => {
    const { facts } = arrive([said('a', true, 1), said('b', false, 2), merge('b', 'a', 5)]);
    const restored: Facts = JSON.parse(canonical(facts));
    expect(evolve(restored, toEvent(said('b', false, 6))).attributes.optedOut?.[0]).toBe(false);
  });
});

const statement = fc.record({
  leadId: fc.constantFrom('a', 'b', 'c', '__proto__'),
  value: fc.constantFrom<unknown>(true, 'TRUE', false, 'false', null, 1),
  day: fc.integer({ min: 1, max: 12 }),
});
const day = fc.integer({ min: 1, max: 12 });

describe('optedOut of leads that are merged', () => {
  it('I3, I13: is the same in whatever order statements and merges arrive', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 8 }),
        fc.tuple(day, day, day),
        fc.constantFrom('chain', 'star'),
        fc.array(fc.nat(), { minLength: 11, maxLength: 11 }),
        (statements, [first, second, third], shape, ranks) => {
          const merges = [
            merge('b', 'a', first),
            merge('c', shape === 'chain' ? 'b' : 'a', second),
            merge('c', '__proto__', third),
          ];
          const steps: Step[] = [...statements, ...merges];
          const shuffled = steps
            .map((step, i) => ({ step, rank: ranks[i] ?? 0 }))
            .toSorted((x, y) => x.rank - y.rank)
            .map(({ step }) => step);
          const [plain, other] = [arrive(steps), arrive(shuffled)];
          // If neither lead has said anything when they are merged, nothing says later when it was.
          fc.pre(!plain.wasSilent && !other.wasSilent);
          expect(canonical(other.facts)).toBe(canonical(plain.facts));
        },
      ),
      seeded(),
    );
  });

  it('I13: of two leads is yes exactly if one says so and nobody took it back', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 8 }),
        day,
        fc.nat(8),
        (given, joined, position) => {
          const statements = given.map((one) => ({ ...one, leadId: one.leadId < 'b' ? 'a' : 'b' }));
          const steps: Step[] = statements.toSpliced(position + 1, 0, merge('b', 'a', joined) as never);
          const latest = ['a', 'b'].map(
            (leadId) => arrive(statements.filter((one) => one.leadId === leadId)).facts.attributes.optedOut,
          );
          const standing = latest.some(
            (mine, i) =>
              mine !== undefined &&
              readBoolean(mine[0]) === true &&
              !latest.some(
                (theirs, j) =>
                  i !== j &&
                  theirs !== undefined &&
                  readBoolean(theirs[0]) === false &&
                  theirs[1] > Math.max(mine[1], Date.parse(instantOf(joined))),
              ),
          );
          expect(isOut(...steps) === true).toBe(standing);
        },
      ),
      seeded(),
    );
  });
});
