import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourMs, parseInbound, tiers } from '../../events/index.ts';
import { type Change, instantAfter, whatIf } from '../../shared/advice/change.ts';
import {
  askNext,
  type Outcome,
  type RequiredSet,
  type Requirements,
  whatWouldHaveToBeTrue,
} from '../../shared/advice/index.ts';
import { deriveKnowledge } from '../../shared/advice/knowledge.ts';
import { listOptions } from '../../shared/advice/options.ts';
import { compareOutcomes, computeOutcome } from '../../shared/advice/outcome.ts';
import { decide, judge, type LeadState, type SignalEvent, toSignal } from '../../shared/lead/index.ts';
import { compileModel, type Facts, modelDocument, type ScoringModel } from '../../shared/scoring/index.ts';
import { buildSignal, type EventInput, now } from '../support/events.ts';
import { history } from '../support/histories.ts';
import { successReady } from '../support/models.ts';
import { seeded } from '../support/seed.ts';
import { buildText, said, smallHistory, smallModel } from '../unit/advice/small-models.ts';

/**
 * Compiles a document without checking it: the check refuses unsatisfiable conditions, and odd models must get true
 * advice as well.
 */
const compileUnchecked = (document: unknown): ScoringModel => compileModel(modelDocument.parse(document));

const foldAll = (model: ScoringModel, events: readonly EventInput[]): LeadState =>
  events.reduce<LeadState | undefined>(
    (state, event) => decide(model, state, buildSignal(event)).state,
    undefined,
  ) as LeadState;

const parseSignal = (entry: unknown): SignalEvent => {
  const parsed = parseInbound(entry, now);
  const signal = parsed.ok ? toSignal(parsed.event) : undefined;
  if (signal === undefined) throw new Error('no signal');
  return signal;
};

/** Returns a change as a producer would send it. */
const toEventInput = (change: Change, at: string): EventInput => {
  switch (change.kind) {
    case 'answer': {
      const { name, value, wording } = change;
      const answer = wording === undefined ? { value } : { value, text: buildText(...wording) };
      return { type: 'LeadAnswersRecorded', data: { answers: { [name]: answer } }, at };
    }
    case 'attribute':
      return { type: 'LeadProfileUpdated', data: { attributes: { [change.name]: change.value } }, at };
    case 'activity':
      return { type: 'LeadActivityRecorded', data: { activity: change.name, count: change.count }, at };
    default:
      return change satisfies never;
  }
};

/** Returns the state of a lead after changes that arrive as events, one after the other. */
const afterEvents = (model: ScoringModel, state: LeadState, changes: readonly Change[]): LeadState =>
  changes.reduce(
    (next, change) => decide(model, next, buildSignal(toEventInput(change, instantAfter(state.facts)))).state,
    state,
  );

const isReached = ({ goal }: Requirements, outcome: Pick<Outcome, 'status' | 'tier'>): boolean =>
  goal?.kind === 'tier'
    ? outcome.status !== 'disqualified' && tiers.indexOf(outcome.tier) >= tiers.indexOf(goal.tier)
    : outcome.status !== 'disqualified';

const product = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);

const formatSet = (changes: readonly Change[]): string =>
  changes
    .map((change) => JSON.stringify(change))
    .sort()
    .join(' ');

const listChoices = ({ changes }: RequiredSet): Change[][] => product(changes.map(({ anyOf }) => anyOf));

/**
 * Returns all sets of the smallest size, one or two, that reach the goal, by trying all of them; without any, the
 * highest outcome.
 */
const tryAll = (model: ScoringModel, state: LeadState, advice: Requirements) => {
  const options = listOptions(deriveKnowledge(model), state.facts).options.map(({ changes }) => changes);
  const at = instantAfter(state.facts);
  const sets: string[] = [];
  let best = advice.present;
  const go = (from: number, left: number, facts: Facts, changes: readonly Change[]): void => {
    if (left === 0) {
      const outcome = computeOutcome(model, facts, advice.present.tier);
      if (isReached(advice, outcome)) sets.push(formatSet(changes));
      if (compareOutcomes(outcome, best) > 0) best = outcome;
      return;
    }
    for (let i = from; i <= options.length - left; i++) {
      for (const change of options[i] ?? [])
        go(i + 1, left - 1, whatIf(facts, change, at), [...changes, change]);
    }
  };
  for (const size of [1, 2]) {
    go(0, size, state.facts, []);
    if (sets.length > 0) return { size, sets: sets.sort() };
  }
  return { size: 0, sets: [], best: advice.goal?.kind === 'tier' ? best.score : undefined };
};

/** Returns the content of the advice in the shape of `tryAll`. */
const advised = (advice: Requirements) => {
  const { size, shortfall, goal, present } = advice;
  if (size > 0) return { size, sets: [...new Set(advice.sets.flatMap(listChoices).map(formatSet))].sort() };
  const best = shortfall?.best?.atLeast ?? present;
  return { size, sets: [], best: goal?.kind === 'tier' ? best.score : undefined };
};

/** Returns a lead so many hours later, though nothing happened. */
const later = (model: ScoringModel, state: LeadState, hours: number): LeadState => {
  if (hours === 0) return state;
  const facts = { ...state.facts, clock: state.facts.seen + hours * hourMs };
  return { ...state, ...judge(model, facts, state.tier).standing, facts };
};

const hoursLater = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 * 24 }));

const check = (numRuns: number, property: (model: ScoringModel, state: LeadState) => void) =>
  fc.assert(
    fc.property(smallModel, smallHistory, hoursLater, (document, history, hours) => {
      const model = compileUnchecked(document);
      property(model, later(model, foldAll(model, history), hours));
    }),
    { ...seeded(), numRuns },
  );

describe('what would have to be true', () => {
  it('finds exactly the smallest sets that trying all of them finds, or else how far the best two get', () =>
    check(300, (model, state) => {
      const advice = whatWouldHaveToBeTrue(model, state, { limit: Number.POSITIVE_INFINITY });
      if (advice.goal === undefined) return;
      expect(advice).toMatchObject({ exhaustive: true, more: false });
      expect(advised(advice)).toEqual(tryAll(model, state, advice));
    }));

  it('finds them by the default model too', () => {
    const model = successReady();
    fc.assert(
      fc.property(history, (entries) => {
        const [first] = entries;
        const own = entries.filter(({ detail }) => detail.data.leadId === first?.detail.data.leadId);
        // Advice is about what the model says, whatever a person has set.
        const judged = own.filter((entry) => !entry['detail-type'].startsWith('LeadOverrid'));
        if (judged.length === 0) return;
        const state = judged.reduce<LeadState | undefined>(
          (before, entry) => decide(model, before, parseSignal(entry)).state,
          undefined,
        ) as LeadState;
        const advice = whatWouldHaveToBeTrue(model, state, { limit: Number.POSITIVE_INFINITY });
        if (advice.goal !== undefined) expect(advised(advice)).toEqual(tryAll(model, state, advice));
      }),
      { ...seeded(), numRuns: 6 },
    );
  });

  it('lists only sets that reach the goal when they come as events, and says what they come to at least', () =>
    check(300, (model, state) => {
      const advice = whatWouldHaveToBeTrue(model, state);
      const { best } = advice.shortfall ?? {};
      for (const set of best === undefined ? advice.sets : [best]) {
        const after = listChoices(set)
          .slice(0, 30)
          .map((changes) => afterEvents(model, state, changes));
        for (const { status, tier, score } of after) {
          expect(isReached(advice, { status, tier })).toBe(set !== best);
          expect(score).toBeGreaterThanOrEqual(set.atLeast.score);
        }
      }
    }));

  it('overlooks no single event', () =>
    fc.assert(
      fc.property(smallModel, smallHistory, said, (document, history, what) => {
        const model = compileUnchecked(document);
        const state = foldAll(model, history);
        const advice = whatWouldHaveToBeTrue(model, state);
        if (advice.goal === undefined || advice.size === 1 || what.type === 'LeadStageChanged') return;
        const { state: after } = decide(
          model,
          state,
          buildSignal({ ...what, at: instantAfter(state.facts) }),
        );
        const cleared = Object.values({ ...what.data }).some((bag) => JSON.stringify(bag).includes('null'));
        if (!cleared) expect(isReached(advice, after)).toBe(false);
      }),
      seeded(),
    ));

  it('is that of a lead as of the instant that is asked for', () =>
    check(100, (model, state) => {
      const at = state.facts.seen + 5 * 24 * hourMs;
      const { standing } = judge(model, state.facts, state.tier, at);
      const then = { ...state, ...standing, facts: { ...state.facts, clock: at } };
      if (at < (state.facts.clock ?? 0)) return;
      const lead = { facts: state.facts, tier: then.tier };
      expect(whatWouldHaveToBeTrue(model, lead, { at })).toEqual(whatWouldHaveToBeTrue(model, then));
      expect(askNext(model, lead, at)).toEqual(askNext(model, then));
    }));

  it('says so when it is cut, and lists only sets that are true', () =>
    check(200, (model, state) => {
      const complete = whatWouldHaveToBeTrue(model, state);
      const cut = whatWouldHaveToBeTrue(model, state, { mostPairs: 5 });
      for (const set of cut.sets) expect(isReached(cut, set.atLeast)).toBe(true);
      if (cut.exhaustive) expect(cut).toEqual(complete);
      else expect(cut.pairs?.untried).toBeLessThanOrEqual((complete.pairs?.of ?? 0) - 5);
    }));
});

describe('what to ask next', () => {
  it('says of every answer what really happens when it comes as an event', () =>
    check(300, (model, state) => {
      for (const { question, outcomes } of askNext(model, state).questions) {
        for (const { value, wording, range, other, any, wordingClass, ...outcome } of outcomes) {
          const change = { kind: 'answer' as const, name: question, value, ...(wording && { wording }) };
          expect(afterEvents(model, state, [change])).toMatchObject(outcome);
        }
      }
    }));

  it('says of every answer to confirm what really happens when it is given again, and overlooks none', () => {
    let proposed = 0;
    check(300, (model, state) => {
      const { present, confirm } = askNext(model, state);
      proposed += confirm.length;
      for (const { question, value, since, gain, ...outcome } of confirm) {
        const again = { kind: 'answer' as const, name: question, value };
        expect(afterEvents(model, state, [again])).toMatchObject(outcome);
        expect(since).toBe(state.facts.answers[question]?.[1]);
        expect(gain >= 1 || compareOutcomes(outcome, present) > 0).toBe(true);
      }
      for (const [question, [value]] of Object.entries(state.facts.answers)) {
        if (value === null || confirm.some((one) => one.question === question)) continue;
        const { score, status } = afterEvents(model, state, [{ kind: 'answer', name: question, value }]);
        if (status === 'active') expect(score - present.score).toBeLessThan(1);
      }
    });
    expect(proposed).toBeGreaterThan(0);
  });

  it('ranks by what an answer decides, and takes the best and the worst from all outcomes', () =>
    check(300, (model, state) => {
      const { questions } = askNext(model, state);
      for (const { outcomes, best, worst } of questions) {
        expect(outcomes).toContain(best);
        expect(outcomes).toContain(worst);
      }
      const apart = questions.map(({ tiersApart }) => tiersApart);
      expect(apart).toEqual(apart.toSorted((a, b) => b - a));
    }));
});
