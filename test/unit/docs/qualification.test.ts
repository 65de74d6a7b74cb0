import { describe, expect, it } from 'vitest';
import { askNext } from '../../../shared/advice/index.ts';
import { modelDocuments, parseFences, readDocument } from '../../support/docs.ts';
import { decide, modelNamed, replaySteps, type Step, sampleIn } from './examples.ts';

const fences = modelDocuments.flatMap((name) => parseFences(readDocument(name)));
const steps = (name: string, by?: string): Step[] => replaySteps(sampleIn(fences, name, by));
/** The steps of what happened, without those of time alone. */
const told = (name: string): Step[] =>
  steps(name).filter(({ entry }) => entry.event.type !== 'LeadClockAdvanced');
const standings = (name: string, by?: string) => steps(name, by).map(({ entry }) => entry.decided.standing);
const changes = (name: string) =>
  steps(name).map(({ entry }) => entry.decided.changes.map(({ type }) => type));
const last = <T>(list: readonly T[]): T => {
  const found = list.at(-1);
  if (found === undefined) throw new Error('nothing there');
  return found;
};

describe('from subscriber to customer', () => {
  it('goes through every stage, up to mql by what the lead does and from there by word', () => {
    const stages = standings('nora').map(({ stage }) => stage);
    expect([...new Set(stages)]).toEqual(['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer']);
    const triggers = steps('nora').flatMap(({ entry }) =>
      entry.decided.changes.flatMap((change) =>
        change.type === 'LeadStageTransitioned' ? [change.trigger] : [],
      ),
    );
    expect(triggers).toEqual(['first-seen', 'activity', 'activity', 'handoff-accepted', 'stated', 'won']);
  });

  it('hands the lead to sales as an mql, and to a faster queue once it is excellent', () => {
    const queues = standings('nora').map(({ action }) => (action.kind === 'handoff' ? action.queue : '-'));
    expect(queues.filter((queue) => queue !== '-')).toEqual(['sales', 'sales-priority']);
  });

  it('is demo-ready once its slide is filled', () => {
    const ready = steps('nora').map(({ explanation }) => explanation.slide?.demoReady === 'yes');
    expect(ready.indexOf(true)).toBe(8);
    expect(ready.slice(8)).not.toContain(false);
  });

  it('adds up', () => {
    const { explanation } = last(steps('nora'));
    const sum = explanation.dimensions.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBeCloseTo(explanation.score, 5);
  });
});

describe('two leads that BANT can’t tell apart', () => {
  const bantAnswers = (name: string) =>
    sampleIn(fences, name).events.flatMap(({ type, data }) => {
      if (type !== 'LeadAnswersRecorded' || !('answers' in data)) return [];
      const { budget, authority, need, timeframeMonths } = data.answers;
      return budget === undefined ? [] : [{ budget, authority, need, timeframeMonths }];
    });

  it('give the same answers to all four letters', () => {
    expect(bantAnswers('kim')).toHaveLength(1);
    expect(bantAnswers('kim')).toEqual(bantAnswers('lou'));
  });

  it('are one and the same by models/bant.json after each event', () => {
    const seen = (name: string) =>
      standings(name, 'models/bant.json').map(({ stage, score, tier, coverage, action }) => ({
        stage,
        score,
        tier,
        coverage,
        action,
      }));
    expect(seen('kim')).toEqual(seen('lou'));
    expect(last(seen('kim')).tier).toBe('excellent');
  });

  it('differ as mqls by their lanes alone', () => {
    const actions = (name: string) =>
      standings(name).flatMap(({ stage, action }) => (stage === 'mql' ? [action] : []));
    expect(actions('kim').map(({ kind }) => kind)).toEqual(['handoff', 'handoff']);
    expect(actions('lou')).toEqual(
      Array.from({ length: 2 }, () => ({ kind: 'nurture', track: 'segment-not-pursued' })),
    );
  });

  it('differ by what was asked for last, and a little by their lanes', () => {
    const [kim, lou] = [last(steps('kim')).explanation, last(steps('lou')).explanation];
    const byLane = ({ counted }: typeof kim) =>
      counted
        .filter(({ criterion }) => criterion.startsWith('lane'))
        .reduce((sum, { weight }) => sum + weight, 0);
    expect(kim.score - lou.score).toBeCloseTo(65.8, 5);
    expect(byLane(kim) - byLane(lou)).toBeCloseTo(13, 5);
  });

  it('differ by models/success-ready.json', () => {
    expect(last(standings('kim')).tier).toBe('excellent');
    expect(['risky', 'none']).toContain(last(standings('lou')).tier);
    expect(last(steps('kim')).explanation.bant).toEqual(last(steps('lou')).explanation.bant);
  });
});

describe('the delegate without authority', () => {
  it('is not disqualified once it is known who sent her, and is handed to sales', () => {
    const shown = standings('dora').map(({ status, action }) => [status, action.kind]);
    expect(shown.slice(1)).toEqual([
      ['disqualified', 'none'],
      ['active', 'handoff'],
      ['active', 'handoff'],
    ]);
    expect(changes('dora')[2]).toContain('LeadRequalified');
  });

  it('differs from one who has no authority and knows nobody who has', () => {
    const shown = standings('emil').map(({ disqualification }) => disqualification?.disqualifier);
    expect(shown).toEqual([undefined, undefined, undefined, 'no-authority']);
  });
});

describe('answers that contradict each other', () => {
  const found = told('cora').map(({ explanation: { answering } }) => [
    ...(answering?.changed ?? []).map(({ question }) => question),
    ...(answering?.contradictions ?? []).map(({ id }) => id),
  ]);

  it('are found to one question and across questions, and heal when the later one is repeated', () => {
    expect(found).toEqual([
      [],
      [],
      [],
      ['timeframeMonths'],
      ['timeframeMonths', 'decides-unknown'],
      ['authority', 'timeframeMonths'],
      ['authority'],
      [],
    ]);
  });

  it('take points for as long as they last', () => {
    const points = told('cora').map(
      ({ explanation }) =>
        explanation.counted.find(({ criterion }) => criterion === 'contradictions')?.points ?? 0,
    );
    expect(points).toEqual(found.map((each) => (each.length === 0 ? 0 : -10 * each.length)));
  });
});

describe('given back twice', () => {
  it('is recycled by a rejection and by a loss, and comes back each time', () => {
    const shown = told('rob')
      .map(({ entry }) => entry.decided.standing)
      .map(({ stage, status, action }) => `${stage} ${status} ${action.kind}`);
    expect(shown.slice(1)).toEqual([
      'mql active handoff',
      'lead recycled nurture',
      'lead recycled nurture',
      'mql active handoff',
      'sql active none',
      'opportunity active none',
      'lead recycled nurture',
      'mql active handoff',
    ]);
  });
});

describe('held back until enough is known', () => {
  it('is nurtured though its tier would hand it off, and handed off when the coverage is there', () => {
    const shown = standings('hana').map(({ tier, heldBack, action }) => [tier, heldBack, action.kind]);
    expect(shown.slice(-2)).toEqual([
      ['good', true, 'nurture'],
      ['excellent', undefined, 'handoff'],
    ]);
    const { belowCoverage } = sampleIn(fences, 'hana').model.document.policy.holdBack ?? {};
    expect(standings('hana').at(-2)?.coverage).toBeLessThan(belowCoverage ?? 0);
  });
});

describe('a distant time frame', () => {
  const happened = told('gita');
  const shown = happened.map(({ entry }) => entry.decided.standing);

  it('lowers score and tier', () => {
    const [before, after] = shown.slice(2, 4);
    expect([before?.tier, after?.tier]).toEqual(['excellent', 'good']);
    expect(after?.score).toBeLessThan(before?.score ?? 0);
    expect(happened[3]?.explanation.bant).toMatchObject({ timeframe: 'fail', met: 'fail' });
  });

  it('comes when time alone has lowered the tier already', () => {
    const byTime = steps('gita').filter(({ entry }) => entry.event.type === 'LeadClockAdvanced');
    expect(byTime.map(({ entry }) => entry.decided.standing.tier)).toEqual(['good']);
  });

  it('disqualifies nobody, and is no contradiction after a while', () => {
    expect(shown.map(({ status }) => status)).toEqual(shown.map(() => 'active'));
    expect(happened.map(({ explanation }) => explanation.answering?.changed)).toEqual(shown.map(() => []));
  });
});

describe('requalified by a new model', () => {
  it('comes back though no fact that either model asks for has changed', () => {
    expect(standings('mia').map(({ status }) => status)).toEqual(['disqualified', 'disqualified']);
    expect(last(standings('mia-later'))).toMatchObject({ status: 'active', modelVersion: 'own@2' });
    const cause = last(steps('mia-later')).entry.decided.changes.find(
      ({ type }) => type === 'LeadRequalified',
    );
    expect(cause).toMatchObject({ cause: 'model', was: { disqualifier: 'too-small' } });
  });

  it('would have stayed disqualified by the model of before', () => {
    const later = { ...sampleIn(fences, 'mia-later'), model: modelNamed(fences, 'before') };
    expect(decide(later).state.status).toBe('disqualified');
  });
});

describe('what to ask next', () => {
  it('is what Nora is asked at once, and what made her excellent', () => {
    const { model, before, events } = sampleIn(fences, 'nora');
    const [first, ...others] = events.slice(0, 7) as [(typeof events)[0], ...typeof events];
    const { questions } = askNext(model, decide({ model, before, events: [first, ...others] }).state);
    expect(questions.slice(0, 2).map(({ question }) => question)).toEqual(['budget', 'authority']);
    expect(standings('nora')[7]).toMatchObject({ tier: 'excellent', score: 76.62 });
  });

  it('changes nothing for Emil', () => {
    const { model, before, events } = sampleIn(fences, 'emil');
    const { questions } = askNext(model, decide({ model, before, events }).state);
    expect(questions.filter(({ couldRequalify }) => couldRequalify)).toEqual([]);
  });
});
