import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createLeads } from '../../../bench/scoring/leads.ts';
import { createRulesEngine } from '../../../bench/scoring/rules-engine.ts';
import { scorecard } from '../../../bench/scoring/scorecard.ts';
import { modelSchema } from '../../../scripts/model-schema.ts';
import { compileCondition } from '../../../shared/scoring/compile/condition.ts';
import { createFactLayout } from '../../../shared/scoring/compile/fact-layout.ts';
import { type Condition, condition } from '../../../shared/scoring/document/condition.ts';
import {
  checkModel,
  compileModel,
  createCandidatesAfter,
  evaluate,
  type Facts,
  modelDocument,
  noFacts,
  read,
} from '../../../shared/scoring/index.ts';
import { no, unknown, yes } from '../../../shared/scoring/reading.ts';
import { compileDocument } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';
import { wholeDocument } from './check-document.ts';
import { anyCondition, at, randomFacts } from './check-random.ts';

/** Adds an operator to the record, and to nothing else. */
vi.mock('../../../shared/scoring/operators/all.ts', async (original) => {
  const { operators } = await original<typeof import('../../../shared/scoring/operators/all.ts')>();
  const { multipleOf } = await import('./multiple-of.ts');
  return { operators: { ...operators, multipleOf } };
});

const when = { attribute: 'employees', multipleOf: 7, above: 0 };

const withCriterion = (given: object) => {
  const document = wholeDocument();
  const { fit } = document.dimensions;
  const criterion = { id: 'sevens', text: 'comes in sevens', when: given, points: 30 };
  return {
    ...document,
    dimensions: { ...document.dimensions, fit: { ...fit, criteria: [...fit.criteria, criterion] } },
  };
};

const employing = (employees: number): Facts => ({
  ...noFacts,
  seen: at,
  attributes: { employees: [employees, at] },
});

const findProblems = (document: unknown) => {
  const checked = checkModel(document);
  return checked.ok ? [] : checked.problems;
};

describe('an operator that is added to the record', () => {
  it('is taken by the schema with an operand of its kind, alone or beside others', () => {
    const isTaken = (tests: object) => condition.safeParse({ attribute: 'employees', ...tests }).success;
    expect([{ multipleOf: 7 }, { multipleOf: 7, above: 0 }, { multipleOf: 'x' }, {}].map(isTaken)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is described by the JSON Schema', () => {
    expect(JSON.stringify(modelSchema())).toContain('"description":"a whole number of times this"');
  });

  it('makes a valid model, without a false alarm', () => {
    expect(checkModel(withCriterion(when))).toMatchObject({ ok: true, warnings: [] });
  });

  it('is refused for a value that it does not fit, and offered for one that it does', () => {
    expect(findProblems(withCriterion({ answer: 'budget', multipleOf: 7 }))).toMatchObject([
      { path: expect.stringMatching(/multipleOf$/), given: '7' },
    ]);
    expect(findProblems(withCriterion({ attribute: 'employees', contains: 'x' }))).toMatchObject([
      { allowed: expect.stringContaining('multipleOf') },
    ]);
  });

  it('is evaluated: it holds, it does not, it is not known', () => {
    const test = compileCondition(condition.parse(when));
    const model = compileDocument(withCriterion(when));
    const truths = [employing(14), employing(15), noFacts].map((facts) => test(read(model, facts, at)));
    expect(truths).toEqual([yes, no, unknown]);
    const computeFit = (facts: Facts) =>
      evaluate(model, facts, 'sql', at).dimensions[model.dimensions.findIndex(({ id }) => id === 'fit')] ?? 0;
    expect(computeFit(employing(14)) - computeFit(employing(15))).toBe(30);
  });

  it('has candidates of which some pass and some do not, and which are known not to be all', () => {
    const { attributes, complete } = createCandidatesAfter(compileDocument(withCriterion(when)).document)({});
    const remainders = attributes.get('employees')?.map(({ value }) => Number(value) % 7 === 0);
    expect(new Set(remainders)).toEqual(new Set([true, false]));
    expect(complete).toBe(false);
  });

  it('is translated for json-rules-engine', async () => {
    const { profile } = scorecard.dimensions;
    const criterion = { id: 'sevens', text: 'comes in sevens', when, points: 30 };
    const model = compileDocument({
      ...scorecard,
      dimensions: {
        ...scorecard.dimensions,
        profile: { ...profile, criteria: [...profile.criteria, criterion] },
      },
    });
    const engine = createRulesEngine(model.document);
    for (const lead of createLeads(50)) {
      const { score } = evaluate(model, lead.facts, lead.stage, lead.at);
      expect(await engine.score(engine.flatten(lead), lead.stage)).toBe(score);
    }
  });

  it('is generated for property tests, where no lead refutes what is said of it', () => {
    const leads = fc.sample(randomFacts, { numRuns: 250, seed: 7 });
    let generated = 0;
    const using = anyCondition.filter((given) => JSON.stringify(given).includes('multipleOf'));
    fc.assert(
      fc.property(using, (given) => {
        generated++;
        const document = withCriterion(given);
        const said = findProblems(document).filter(({ allowed }) => allowed.includes('none meets this one'));
        const model = compileModel(modelDocument.parse(document));
        for (const { path } of said.filter(({ path }) => path.endsWith('.when'))) {
          const test = compileCondition(given as Condition, createFactLayout(model.document.questions));
          expect(
            leads.some((facts) => test(read(model, facts, at)) === yes),
            path,
          ).toBe(false);
        }
      }),
      { ...seeded(), numRuns: 100 },
    );
    expect(generated).toBeGreaterThan(0);
  });
});
