import { describe, expect, it } from 'vitest';
import { askNextWords } from '../../../cli/advice/ask-next-words.ts';
import { requirementWords } from '../../../cli/advice/requirement-words.ts';
import { askNext, type NextQuestion, whatWouldHaveToBeTrue } from '../../../shared/advice/index.ts';
import type { EventInput } from '../../support/events.ts';
import { compileDocument } from '../../support/models.ts';
import { adviceDocument, answered, buildLead, staged } from './fixture.ts';

const model = compileDocument(adviceDocument());

const asked = (...told: readonly [EventInput, ...EventInput[]]) =>
  askNext(model, buildLead(model, ...told)).questions;

const named = (questions: readonly NextQuestion[], name: string): NextQuestion => {
  const found = questions.find(({ question }) => question === name);
  if (found === undefined) throw new Error(`${name} is not asked`);
  return found;
};

describe('what to ask next', () => {
  it('puts first what decides between most tiers, then what moves the score most', () => {
    const questions = asked(staged('sql'));
    expect(
      questions.map(({ question, tiersApart, lifts, swing }) => [question, tiersApart, lifts, swing]),
    ).toEqual([
      ['budget', 2, true, 60],
      ['need', 2, true, 20],
      ['team', 0, false, 0],
      ['referred', 0, false, 0],
    ]);
  });

  it('says what each answer comes to, with the best and the worst', () => {
    const { outcomes, best, worst } = named(asked(staged('sql')), 'budget');
    expect(outcomes.map(({ value, tier, score }) => [value, tier, score])).toEqual([
      ['approved', 'good', 60],
      ['planned', 'risky', 50],
      ['none', 'none', 0],
    ]);
    expect(best).toMatchObject({ value: 'approved', action: { kind: 'handoff', queue: 'sales' } });
    expect(worst).toMatchObject({ value: 'none', action: { kind: 'none' } });
  });

  it('says that an answer could disqualify, which is the worst outcome', () => {
    const need = named(asked(staged('sql')), 'need');
    expect(need).toMatchObject({ couldDisqualify: true, worst: { value: 'none', status: 'disqualified' } });
    expect(named(asked(staged('sql')), 'budget').couldDisqualify).toBe(false);
  });

  it('disqualifies no customer', () => {
    const need = named(asked(staged('customer')), 'need');
    expect(need).toMatchObject({ couldDisqualify: false, worst: { status: 'active' } });
  });

  it('puts first what could lift a disqualification', () => {
    const [first, ...others] = asked(staged('sql'), answered({ need: 'none' }));
    expect(first).toMatchObject({
      question: 'referred',
      couldRequalify: true,
      best: { value: true, status: 'active' },
    });
    expect(others.map(({ couldRequalify, couldDisqualify }) => couldRequalify || couldDisqualify)).toEqual([
      false,
      false,
    ]);
  });

  it('says what a question could add together with others, where alone it adds nothing', () => {
    const team = named(asked(staged('sql')), 'team');
    expect(team).toMatchObject({
      swing: 0,
      potential: [
        { stage: 'sql', points: 25 },
        { stage: 'opportunity', points: 25 },
      ],
    });
    const told = named(asked(staged('sql'), answered({ need: 'nice' })), 'team');
    expect(told.potential[0]).toEqual({ stage: 'sql', points: 0 });
  });

  it('orders questions by what they could add at a later stage, where they count for nothing yet', () => {
    const questions = asked(staged('lead'));
    expect(questions.map(({ question }) => question)).toEqual(['need', 'budget', 'team', 'referred']);
    expect(named(questions, 'budget').potential.map(({ stage, points }) => [stage, points])).toEqual([
      ['lead', 0],
      ['mql', 20],
      ['sql', 40],
      ['opportunity', 40],
    ]);
  });

  it('asks nothing that is answered, and again what was cleared', () => {
    expect(
      asked(staged('sql'), answered({ budget: 'none', team: 3 })).map(({ question }) => question),
    ).toEqual(['need', 'referred']);
    const cleared = asked(staged('sql'), answered({ budget: null }));
    expect(cleared.map(({ question }) => question)).toContain('budget');
  });

  it('goes by the names that the model reads, where it names no questions', () => {
    const { questions: _questions, ...document } = adviceDocument();
    const unnamed = compileDocument(document);
    const { questions } = askNext(unnamed, buildLead(unnamed, staged('sql')));
    expect(questions.map(({ question }) => question).sort()).toEqual(['budget', 'need', 'referred', 'team']);
  });
});

describe('what to confirm', () => {
  const need = {
    id: 'fresh-need',
    text: 'has a need',
    when: { answer: 'need', is: 'critical' },
    points: 40,
    decay: { linearDays: 100 },
  };
  const { scorecards, dimensions, ...document } = adviceDocument();
  const ageing = compileDocument({
    ...document,
    scorecards: { ...scorecards, sql: { ageing: 1 } },
    dimensions: { ...dimensions, ageing: { title: 'Ageing', base: 20, criteria: [need] } },
  });
  const daysAfter = (days: number) => {
    const lead = buildLead(ageing, staged('sql'), answered({ need: 'critical' }));
    return askNext(ageing, lead, lead.facts.seen + days * 86_400_000);
  };

  it('is an answer that would raise the score if it were given again, as it would', () => {
    const { present, confirm } = daysAfter(50);
    expect(present).toMatchObject({ score: 40, tier: 'risky' });
    expect(confirm).toMatchObject([
      { question: 'need', value: 'critical', score: 60, gain: 20, tier: 'good' },
    ]);
  });

  it('is nothing as long as less than a point is lost', () => {
    expect(daysAfter(2).confirm).toEqual([]);
    expect(daysAfter(3).confirm).toHaveLength(1);
  });

  it('is also an answer that only contradicts others, and keeps points young', () => {
    const { questions } = document;
    const seats = { text: 'How many seats?', kind: 'number', from: 1, steady: { tolerance: 3 } };
    const steadyNeed = {
      ...need,
      when: { any: [{ answering: 'contradictory' }, { answer: 'need', is: 'critical' }] },
    };
    const steady = compileDocument({
      ...document,
      questions: { ...questions, seats },
      scorecards: { ...scorecards, sql: { ageing: 1 } },
      dimensions: { ...dimensions, ageing: { title: 'Ageing', base: 20, criteria: [steadyNeed] } },
    });
    const lead = buildLead(steady, staged('sql'), answered({ need: 'critical', seats: 5 }));
    const { confirm } = askNext(steady, lead, lead.facts.seen + 50 * 86_400_000);
    expect(confirm.map(({ question, gain }) => [question, gain]).sort()).toEqual([
      ['need', 20],
      ['seats', 20],
    ]);
  });

  it('is said with the day of the answer and the result', () => {
    expect(askNextWords(ageing, daysAfter(50)).at(-1)).toMatch(
      /^confirm "How much does it matter\?", answered critical on \d{4}-\d\d-\d\d {2}if it still holds → good \(60\)$/,
    );
  });

  it('comes before what the lead would have to do or to change', () => {
    const lead = buildLead(ageing, staged('sql'), answered({ need: 'critical' }));
    const requirements = whatWouldHaveToBeTrue(ageing, lead, { at: lead.facts.seen + 50 * 86_400_000 });
    expect(requirements.sets[0]).toMatchObject({
      changes: [{ kind: 'answer', name: 'need', effort: 'confirm' }],
      atLeast: { tier: 'good' },
    });
    expect(requirementWords(ageing, requirements)[1]).toBe(
      '- the lead confirms critical to "How much does it matter?" → good (60 or more)',
    );
  });
});
