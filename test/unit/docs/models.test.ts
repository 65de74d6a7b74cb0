import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { showProblem } from '../../../events/index.ts';
import { condition, conditionKinds, valueOperatorNames } from '../../../shared/scoring/document/condition.ts';
import {
  checkModel,
  longestWindow,
  modelDocument,
  modelLimits,
  type ScoringModel,
} from '../../../shared/scoring/index.ts';
import {
  fenceOf,
  fencesBy,
  fencesOf,
  linesOf,
  markedTables,
  quotedNames,
  readDocument,
  sectionOf,
} from '../../support/docs.ts';
import { eventsOf, modelNamed, refusalOf, resultOf, truthOf } from './examples.ts';
import { fieldProblems, fieldsOf } from './schema-fields.ts';

const text = readDocument('models.md');
const fences = fencesOf(text);
const models = fencesBy(fences, 'model');
const invalid = fencesBy(fences, 'invalid');
const errors = fencesBy(fences, 'errors');
const events = fencesBy(fences, 'events');
const results = fencesBy(fences, 'result');
const truths = fencesBy(fences, 'truths');

/** What the document calls the objects of the schema, where their paths would say less. */
const names = {
  '': 'model',
  'dimensions.*.criteria[]': 'criterion',
  'dimensions.*.criteria[].when': 'condition',
  'dimensions.*.criteria[].of': 'of',
  'dimensions.*.criteria[].bands[]': 'bands[]',
  'dimensions.*.criteria[].each': 'each',
  'bant.letters.budget': 'bant.letters.*',
};

const judged = (name: string) => {
  const fence = fenceOf(events, name);
  return resultOf(modelNamed(fences, fence.marks.get('by') ?? ''), eventsOf(fence));
};
const standings = (name: string) => judged(name).commit.entries.map(({ decided }) => decided.standing);
const changes = (name: string) =>
  judged(name).commit.entries.flatMap(({ decided }) => decided.changes.map(({ type }) => type));

describe('the examples of models.md', () => {
  it('are all executed', () => {
    const marks = ['model', 'invalid', 'errors', 'events', 'result', 'truths'];
    const unmarked = fences.filter(({ language, marks: given }) =>
      language === 'sh' ? false : !marks.some((mark) => given.has(mark)),
    );
    expect(unmarked.map(({ line }) => line)).toEqual([]);
    expect([...errors.keys()]).toEqual([...invalid.keys()]);
    expect([...results.keys(), ...truths.keys()].sort()).toEqual([...events.keys()].sort());
  });

  it.each([...models.keys()])('%s is a valid model', (name) => {
    const checked = checkModel(JSON.parse(fenceOf(models, name).body));
    expect(checked.ok ? [] : checked.problems.map(showProblem)).toEqual([]);
  });

  it.each([...invalid.keys()])('%s is refused with the message shown', (name) => {
    expect(`${refusalOf(fences, fenceOf(invalid, name))}\n`).toBe(fenceOf(errors, name).body);
  });

  it.each([...results.keys()])('%s comes to the result shown', (name) => {
    expect(judged(name).text).toBe(fenceOf(results, name).body);
  });

  it.each(
    [...truths].flatMap(([name, fence]) =>
      linesOf(fence).map((line) => {
        const [truth = ''] = line.split(' ');
        return [line.slice(truth.length).trim(), truth, name, fence.marks.get('by') ?? ''] as const;
      }),
    ),
  )('%s is %s', (given, truth, name, model) => {
    const parsed = condition.parse(JSON.parse(given));
    expect(truthOf(modelNamed(fences, model), eventsOf(fenceOf(events, name)), parsed)).toBe(truth);
  });

  it('show each operator of values at work', () => {
    const shown = [...truths.values()].map(({ body }) => body).join('');
    expect(valueOperatorNames.filter((name) => !shown.includes(`"${name}"`))).toEqual([]);
  });
});

describe('a worked example', () => {
  it('holds a tier below its bound, and does not give it back there', () => {
    const shown = standings('hysteresis').map(({ tier, score }) => [tier, score]);
    expect(shown.slice(-3)).toEqual([
      ['excellent', 77.5],
      ['good', 66.25],
      ['good', 77.5],
    ]);
  });

  it('disqualifies a lead and requalifies it', () => {
    expect(standings('requalified').map(({ status }) => status)).toEqual([
      'active',
      'active',
      'disqualified',
      'active',
    ]);
    expect(changes('requalified')).toEqual(expect.arrayContaining(['LeadDisqualified', 'LeadRequalified']));
  });

  it('recycles a lead that comes back', () => {
    const shown = standings('recycled').map(({ status, action }) => [status, action.kind]);
    expect(shown.slice(1)).toEqual([
      ['active', 'handoff'],
      ['recycled', 'nurture'],
      ['recycled', 'nurture'],
      ['active', 'handoff'],
    ]);
  });
});

describe('the reference of models.md', () => {
  it('has a row for each field of the schema, with its bounds, and no other', () => {
    expect(fieldProblems(fieldsOf(modelDocument, names), markedTables(text))).toEqual([]);
  });

  it('has all that a condition can name', () => {
    const kinds = conditionKinds.split('one of ')[1]?.split(', ') ?? [];
    const named = markedTables(text)
      .filter(({ subject }) => subject === 'condition')
      .flatMap(({ rows }) => rows.map(([first = '']) => quotedNames(first)[0]));
    expect([...kinds, ...valueOperatorNames].filter((name) => !named.includes(name))).toEqual([]);
  });

  it('has the caps on the whole document', () => {
    const section = sectionOf(text, "## What a model can't do");
    for (const most of [modelLimits.characters, modelLimits.depth, longestWindow]) {
      expect(section).toContain(`| ${most} `);
    }
    const when = { all: Array.from({ length: 50 }, () => ({ activity: 'a' })) };
    const disqualifiers = Array.from({ length: 50 }, (_, i) => ({
      id: `d${i}`,
      class: 'persona',
      text: 'x',
      when,
    }));
    const checked = checkModel({ ...JSON.parse(fenceOf(models, 'small').body), disqualifiers });
    const most = checked.ok ? undefined : /at most (\d+)/.exec(checked.problems.map(showProblem).join())?.[1];
    expect(section).toContain(`| ${most} |`);
  });

  it('quotes what `explain` says of a file that was changed', () => {
    const source = readFileSync(new URL('../../../cli/commands/explain.ts', import.meta.url), 'utf8');
    const quoted = 'the model file was changed without a new version';
    expect(text).toContain(quoted);
    expect(source).toContain(quoted);
  });
});

describe.each(['success-ready', 'bant'])('the section about %s', (name) => {
  const section = sectionOf(text, `## The model ${name}`);
  const model: ScoringModel = modelNamed(fences, `models/${name}.json`);

  it('goes through every criterion and disqualifier', () => {
    const mentioned = quotedNames(section);
    const { dimensions, disqualifiers } = model;
    const ids = [...dimensions, ...dimensions.flatMap(({ criteria }) => criteria), ...disqualifiers];
    expect(ids.map(({ id }) => id).filter((id) => !mentioned.includes(id))).toEqual([]);
  });

  it('shows its scorecards', () => {
    const table = markedTables(section).find(({ mark }) => mark === 'shares');
    expect(table?.subject).toBe(`models/${name}.json`);
    const shares = Object.entries(model.scorecards)
      .filter(([stage]) => stage !== 'customer')
      .map(([stage, weights]) => [
        stage,
        ...weights.map((share) => (share === 0 ? '–' : `${Math.round(share * 100)} %`)),
      ]);
    expect(table?.rows).toEqual(shares);
  });
});
