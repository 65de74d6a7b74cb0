import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { restoreFacts } from '../../../console/api/restore-facts.ts';
import { compareAll } from '../../../console/pages/model/judging/compare-all.ts';
import { presentFacts } from '../../../functions/answer-queries/known-facts.ts';
import { judge } from '../../../shared/lead/index.ts';
import { checkModel, type Facts, instantOf } from '../../../shared/scoring/index.ts';

const day = (text: string): number => Date.parse(text) / 86_400_000;
const at = (text: string): number => Date.parse(`${text}T09:00:00.000Z`);

const facts: Facts = {
  seen: at('2026-03-11'),
  attributes: { seniority: ['executive', at('2026-03-01')], industry: ['software', at('2026-03-01')] },
  answers: {
    need: ['critical', at('2026-03-02'), null, [['none', at('2026-03-01')]]],
    delta: ['a text', at('2026-03-02'), [12, 2]],
  },
  activities: {
    demo_requested: [3, at('2026-03-11'), [day('2026-03-01'), 1, day('2026-03-11'), 2]],
  },
  outcomes: { lost: [1, at('2026-03-05'), { amount: 5, reason: 'price' }] },
  stated: [{ stage: 'mql', actor: 'jane' }, at('2026-03-06')],
  deals: { d1: ['lost', at('2026-03-05')] },
  verdicts: { h1: [{ actor: 'jane', verdict: 'rejected' }, at('2026-03-07')] },
};

const asOf = new Date(instantOf(facts)).toISOString();
const document = () => JSON.parse(readFileSync('models/success-ready.json', 'utf8'));
const compile = (changes: object) => {
  const checked = checkModel({ ...document(), ...changes });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.model;
};
const goOn = async () => 'go-on' as const;

describe('the facts of a lead as the API has them', () => {
  const read = restoreFacts(presentFacts(facts) as never, asOf);

  it('are those that the pure core takes', () => {
    expect(read).toEqual(facts);
  });

  it('are judged alike', () => {
    const model = compile({});
    expect(judge(model, read, 'none')).toEqual(judge(model, facts, 'none'));
  });
});

describe('a comparison', () => {
  const leads = {
    leads: [{ leadId: 'l-1', previousTier: 'none' as const, facts }],
    areAll: true,
    at: at('2026-03-20'),
  };
  const model = compile({});

  it('moves nobody if the models are the same', async () => {
    const result = await compareAll({ a: model, b: compile({}) }, leads, goOn);
    expect(result).toMatchObject({ compared: 1, moved: 0, moves: [] });
  });

  it('says who moves if a bound of a tier moves, and why', async () => {
    const { score } = judge(model, facts, 'none', at('2026-03-20')).standing;
    const tiers = { excellent: 99, good: 98, risky: 97, hysteresis: 0 };
    const before = compile({ tiers });
    const after = compile({ tiers: { ...tiers, risky: Math.floor(score) } });
    const result = await compareAll({ a: before, b: after }, leads, goOn);
    expect(result).toMatchObject({
      moved: 1,
      up: 1,
      down: 0,
      flows: { none: { risky: 1 } },
      moves: [{ leadId: 'l-1', reasons: [{ kind: 'threshold', tier: 'risky' }] }],
    });
  });

  it('ends when its callback returns end', async () => {
    expect(await compareAll({ a: model, b: model }, leads, async () => 'end')).toBeUndefined();
  });
});
