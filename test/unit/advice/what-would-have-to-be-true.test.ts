import { describe, expect, it } from 'vitest';
import { candidateWords } from '../../../cli/advice/class-words.ts';
import {
  type Change,
  type RequiredSet,
  type Requirements,
  whatWouldHaveToBeTrue,
} from '../../../shared/advice/index.ts';
import type { EventInput } from '../../support/events.ts';
import { compileDocument } from '../../support/models.ts';
import { adviceDocument, answered, buildLead, did, learned, staged } from './fixture.ts';

const model = compileDocument(adviceDocument());

const computeAdvice = (...told: readonly [EventInput, ...EventInput[]]): Requirements =>
  whatWouldHaveToBeTrue(model, buildLead(model, ...told));

const short = (change: Change): string | number =>
  change.kind === 'activity' ? change.count : candidateWords(change);

/** Such as "budget: approved, planned + team: 5 or more". */
const shown = ({ changes }: RequiredSet): string =>
  changes
    .map(({ name, anyOf, orMore }) => `${name}: ${anyOf.map(short).join(', ')}${orMore ? '…' : ''}`)
    .join(' + ');

const listSets = (...told: readonly [EventInput, ...EventInput[]]): string[] =>
  computeAdvice(...told).sets.map(shown);

const outcome = (name: string): EventInput => ({ type: 'LeadOutcomeRecorded', data: { outcome: name } });

describe('what would have to be true for the next tier', () => {
  it('lists every single change that reaches it with its alternatives, the one that scores most first', () => {
    const advice = computeAdvice(staged('sql'));
    expect(advice).toMatchObject({
      goal: { kind: 'tier', tier: 'risky', score: 30 },
      size: 1,
      more: false,
      exhaustive: true,
    });
    expect(advice.sets.map(shown)).toEqual([
      'budget: approved, planned',
      'need: critical',
      'industry: software, retail',
    ]);
    expect(advice.sets.map(({ atLeast }) => atLeast.score)).toEqual([50, 40, 30]);
  });

  it('puts what could be done before what would have to be said otherwise, and that before what would have to be different', () => {
    const advice = computeAdvice(
      did('demo_requested'),
      answered({ need: 'nice', budget: 'none' }),
      learned({ industry: 'mining' }),
    );
    // Fit -10, so 0, and interest 40; tier risky needs 60 of both together.
    expect(advice).toMatchObject({ present: { stage: 'mql', score: 20 }, size: 1 });
    expect(advice.sets.map(({ changes }) => changes.map(({ effort }) => effort))).toEqual([
      ['activity'],
      ['answer'],
      ['attribute'],
    ]);
    expect(advice.sets.map(shown)).toEqual([
      'page_visited: 4, 5, 6…',
      'budget: approved, planned',
      'industry: software',
    ]);
  });

  it('finds two changes where none alone is enough, and tells alternatives that depend on each other apart', () => {
    const advice = computeAdvice(did('demo_requested'));
    // Fit 20 and interest 40; tier good needs 120 of both together.
    expect(advice).toMatchObject({ goal: { tier: 'good' }, size: 2, exhaustive: true });
    expect(advice.sets.map(shown).toSorted()).toEqual([
      'budget: approved + industry: software',
      'budget: approved + page_visited: 4, 5, 6…',
      'budget: approved, planned + page_visited: 6…',
      'need: critical + budget: approved',
    ]);
  });

  it('says that three or more are needed, and how far the best two get', () => {
    const together = {
      id: 'together',
      text: 'fits in all',
      when: {
        all: [
          { answer: 'need', is: 'critical' },
          { answer: 'team', atLeast: 5 },
          { answer: 'budget', in: ['approved', 'planned'] },
        ],
      },
      points: 20,
    };
    const pair = {
      id: 'pair',
      text: 'fits in two',
      when: {
        all: [
          { answer: 'team', atLeast: 5 },
          { answer: 'budget', in: ['approved', 'planned'] },
        ],
      },
      points: 8,
    };
    const document = {
      ...adviceDocument(),
      scorecards: { ...adviceDocument().scorecards, sql: { whole: 1 } },
    };
    const criteria = [together, pair];
    const only = compileDocument({
      ...document,
      dimensions: { ...document.dimensions, whole: { title: 'Whole', base: 5, criteria } },
    });
    const { shortfall, ...advice } = whatWouldHaveToBeTrue(only, buildLead(only, staged('sql')));
    expect(advice).toMatchObject({ size: 0, sets: [], exhaustive: true, pairs: { untried: 0 } });
    expect(shortfall?.verdict).toBe('needs-three-or-more');
    expect(shortfall?.best && shown(shortfall.best)).toBe('team: 5 or more + budget: approved, planned');
    expect(shortfall?.best?.atLeast).toMatchObject({ score: 13, tier: 'none' });
  });

  it('names one change if a second one adds nothing, and none if nothing raises the score', () => {
    const document = adviceDocument();
    const interested = compileDocument({
      ...document,
      disqualifiers: [],
      scorecards: { ...document.scorecards, sql: { interest: 1 } },
      tiers: { excellent: 99, good: 98, risky: 97 },
    });
    const computeShortfall = (...told: readonly [EventInput, ...EventInput[]]) =>
      whatWouldHaveToBeTrue(interested, buildLead(interested, ...told)).shortfall;
    const asked = [staged('sql'), did('demo_requested')] as const;
    const { best } = computeShortfall(...asked) ?? {};
    expect(best && shown(best)).toBe('page_visited: 6…');
    expect(best?.atLeast.score).toBe(70);
    expect(computeShortfall(...asked, did('page_visited', 6))).toEqual({ verdict: 'needs-three-or-more' });
  });

  it('says that no changes reach the goal if fewer than three names could change', () => {
    const document = adviceDocument();
    const [disqualifier] = document.disqualifiers;
    const when = { outcome: 'churned' };
    const final = compileDocument({
      ...document,
      disqualifiers: [{ ...disqualifier, when, unless: undefined }],
    });
    const churned = buildLead(final, staged('sql'), outcome('churned'));
    expect(whatWouldHaveToBeTrue(final, churned).shortfall).toEqual({ verdict: 'unreachable' });
  });

  it('counts an activity that moves the lead on by the scorecard that then counts', () => {
    expect(listSets(learned({ industry: 'mining' }), answered({ budget: 'approved' }))).toEqual([
      'demo_requested: 1…',
      'page_visited: 6…',
    ]);
  });

  it('counts what happened within the window: only what is missing has to be done', () => {
    expect(listSets(did('page_visited', 2), staged('lead'))).toContain('page_visited: 4…');
  });

  it('counts it against a changed answer that it would contradict the one before', () => {
    const document = adviceDocument();
    const { budget } = document.questions;
    const contradicts = {
      id: 'contradicts',
      text: 'contradicts itself',
      each: { answering: 'contradictory' },
      points: -40,
      max: 40,
    };
    const steady = compileDocument({
      ...document,
      questions: { ...document.questions, budget: { ...budget, steady: {} } },
      dimensions: {
        ...document.dimensions,
        fit: { ...document.dimensions.fit, criteria: [...document.dimensions.fit.criteria, contradicts] },
      },
    });
    const told = [staged('sql'), answered({ budget: 'none' })] as const;
    expect(listSets(...told)).toEqual(['budget: approved, planned']);
    const advice = whatWouldHaveToBeTrue(steady, buildLead(steady, ...told));
    expect(advice.size).toBe(2);
    expect(advice.sets.map(shown)).toContain('need: critical + budget: approved, planned');
  });

  it('has nothing above excellent', () => {
    const { goal, ...advice } = computeAdvice(
      staged('sql'),
      answered({ budget: 'approved', need: 'critical' }),
    );
    expect(goal).toBeUndefined();
    expect(advice).toMatchObject({ present: { tier: 'excellent' }, sets: [], exhaustive: true });
  });

  it('lists no more than asked for, and says that there are more', () => {
    const lead = buildLead(model, staged('sql'));
    const advice = whatWouldHaveToBeTrue(model, lead, { limit: 2 });
    expect(advice).toMatchObject({ more: true, exhaustive: true });
    expect(advice.sets.map(shown)).toEqual(['budget: approved, planned', 'need: critical']);
  });

  it('says how many pairs were not tried if the search reaches its bound', () => {
    const lead = buildLead(model, did('demo_requested'));
    const { pairs: whole } = whatWouldHaveToBeTrue(model, lead);
    const advice = whatWouldHaveToBeTrue(model, lead, { mostPairs: 3 });
    expect(whole?.untried).toBe(0);
    expect(advice).toMatchObject({ exhaustive: false, pairs: { of: whole?.of } });
    expect(advice.pairs?.untried).toBeGreaterThan(0);
    expect(advice.pairs?.untried).toBeLessThanOrEqual((whole?.of ?? 0) - 3);
  });
});

describe('what would have to be true for a lead that is disqualified', () => {
  it('says what blocks it, and what would lift that', () => {
    const advice = computeAdvice(staged('sql'), answered({ need: 'none', budget: 'approved' }));
    expect(advice).toMatchObject({
      blocked: { disqualifier: 'no-need', class: 'problem', text: 'has no need' },
      goal: { kind: 'requalified' },
      size: 1,
    });
    expect(advice.sets.map(shown)).toEqual(['referred: yes', 'need: critical, nice']);
    expect(advice.sets.map(({ atLeast }) => atLeast.tier)).toEqual(['good', 'good']);
  });

  it('says that nothing lifts what no answer, attribute or activity can', () => {
    const [disqualifier] = adviceDocument().disqualifiers;
    const strict = compileDocument({
      ...adviceDocument(),
      disqualifiers: [
        { ...disqualifier, unless: { answer: 'need', is: 'critical' }, when: { outcome: 'churned' } },
      ],
    });
    const churned = buildLead(strict, staged('sql'), outcome('churned'));
    expect(whatWouldHaveToBeTrue(strict, churned).sets.map(shown)).toEqual(['need: critical']);
    const final = compileDocument({
      ...adviceDocument(),
      disqualifiers: [{ ...disqualifier, unless: undefined, when: { outcome: 'churned' } }],
    });
    expect(whatWouldHaveToBeTrue(final, buildLead(final, staged('sql'), outcome('churned')))).toMatchObject({
      blocked: { disqualifier: 'no-need' },
      size: 0,
      sets: [],
      exhaustive: true,
    });
  });
});
