import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { showProblem } from '../../../events/index.ts';
import { condition, conditionFields } from '../../../shared/scoring/document/condition.ts';
import {
  checkModel,
  longestWindow,
  measureWording,
  modelDocument,
  modelLimits,
} from '../../../shared/scoring/index.ts';
import { operatorNames } from '../../../shared/scoring/operators/index.ts';
import {
  findDocSection,
  findFence,
  findFences,
  markedTables,
  modelDocuments,
  parseFences,
  quotedNames,
  readDocument,
  splitLines,
} from '../../support/docs.ts';
import {
  buildDocument,
  computeTruth,
  decide,
  findRefusal,
  formatAdvice,
  formatCheck,
  formatCurve,
  formatExplained,
  formatResult,
  formatSteps,
  formatTried,
  modelNamed,
  replaySteps,
  sampleIn,
} from './examples.ts';
import { collectFields, fieldProblems } from './schema-fields.ts';

const text = readDocument('models.md');
const fences = modelDocuments.flatMap((name) => parseFences(readDocument(name)));
const models = findFences(fences, 'model');
const invalid = findFences(fences, 'invalid');
const errors = findFences(fences, 'errors');
const events = findFences(fences, 'events');
const marked = (mark: string) => fences.filter(({ marks }) => marks.has(mark));
const namesWith = (mark: string) => marked(mark).map(({ marks }) => marks.get(mark) ?? '');

/** The names in the document for the objects of the schema whose paths would say less. */
const names = {
  '': 'model',
  'dimensions.*.criteria[]': 'criterion',
  'dimensions.*.criteria[].when': 'condition',
  'dimensions.*.criteria[].of': 'of',
  'dimensions.*.criteria[].bands[]': 'bands[]',
  'dimensions.*.criteria[].table.*': 'table.*',
  'dimensions.*.criteria[].each': 'each',
  'dimensions.*.criteria[].decay': 'decay',
  'bant.letters.budget': 'bant.letters.*',
  'slide.parts.titleAndIndustry': 'slide.parts.*',
};

const judged = (name: string, by?: string) => sampleIn(fences, name, by);
const standings = (name: string) => decide(judged(name)).entries.map(({ decided }) => decided.standing);
const changes = (name: string) =>
  decide(judged(name)).entries.flatMap(({ decided }) => decided.changes.map(({ type }) => type));

describe('the examples of the documents about models', () => {
  it('are all executed', () => {
    const known =
      'model invalid errors check events result steps explained advice legend truths measured facts tried curve'.split(
        ' ',
      );
    const unmarked = fences.filter(
      ({ language, marks }) => language !== 'sh' && !known.some((mark) => marks.has(mark)),
    );
    expect(unmarked.map(({ body }) => body)).toEqual([]);
    expect([...errors.keys()]).toEqual([...invalid.keys()]);
    expect([...namesWith('tried'), ...namesWith('curve')].toSorted()).toEqual(namesWith('facts').toSorted());
    const shown = new Set(['result', 'steps', 'truths', 'explained'].flatMap(namesWith));
    expect([...events.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });

  it.each([...models.keys()])('%s is a valid model', (name) => {
    const checked = checkModel(buildDocument(fences, findFence(models, name)));
    expect(checked.ok ? [] : checked.problems.map(showProblem)).toEqual([]);
  });

  it.each([...invalid.keys()])('%s is refused with the message shown', (name) => {
    expect(`${findRefusal(fences, findFence(invalid, name))}\n`).toBe(findFence(errors, name).body);
  });

  const byName = (mark: string) =>
    marked(mark).map(({ marks, body }) => [marks.get(mark) ?? '', marks.get('by'), body] as const);

  it.each(byName('result'))('%s gives the result shown, by %s', (name, by, body) => {
    expect(formatResult(judged(name, by))).toBe(body);
  });

  it.each(byName('steps'))('%s goes through the steps shown, by %s', (name, by, body) => {
    expect(formatSteps(judged(name, by))).toBe(body);
  });

  it.each(byName('explained'))('%s is explained in the words shown', (name, _, body) => {
    expect(formatExplained(judged(name))).toBe(body);
  });

  it.each(marked('advice').map(({ marks, body }) => [marks.get('advice') ?? '', marks, body] as const))(
    'the advice on %s is the one shown',
    (name, marks, body) => {
      expect(formatAdvice(judged(name), marks.get('until'), Number(marks.get('limit') ?? 10))).toBe(body);
    },
  );

  it.each(byName('curve'))('%s becomes what is shown, by %s', (name, by, body) => {
    expect(formatCurve(fences, name, by as string)).toBe(body);
  });

  it.each(byName('tried'))('%s is tried with the result shown, by %s', (name, by, body) => {
    expect(formatTried(fences, name, by ?? '')).toBe(body);
  });

  it.each(byName('check'))('%s is checked with the lines shown', (name, _, body) => {
    expect(formatCheck(fences, name)).toBe(body);
  });

  it.each(
    marked('truths').flatMap((fence) =>
      splitLines(fence).map((line) => {
        const [truth = ''] = line.split(' ');
        const { marks } = fence;
        return [line.slice(truth.length).trim(), truth, marks.get('truths') ?? '', marks.get('by') ?? ''];
      }),
    ) as [string, string, string, string][],
  )('%s is %s for %s', (given, truth, name, model) => {
    const parsed = condition.parse(JSON.parse(given));
    const { facts } = decide(judged(name, model)).state;
    expect(computeTruth(modelNamed(fences, model), facts, parsed)).toBe(truth);
  });

  it.each(marked('measured').flatMap(splitLines))('%s', (line) => {
    const [, words, figures, answer = ''] = /^ *(\d+) (\d+) {2}(.+)$/.exec(line) ?? [];
    expect([Number(words), Number(figures)]).toEqual(measureWording(answer));
  });

  it.each(marked('legend').flatMap((fence) => splitLines(fence).map((line) => [line, fence] as const)))(
    'the legend quotes %s',
    (line, { marks }) => {
      const [quoted = ''] = line.split('←');
      const shown = formatSteps(judged(marks.get('legend') ?? ''));
      expect(shown.split('\n').map((shownLine) => shownLine.trim())).toContain(quoted.trim());
    },
  );

  it('show every subject and operator of conditions at work', () => {
    const shown = marked('truths')
      .map(({ body }) => body)
      .join('');
    expect([...conditionFields, ...operatorNames].filter((name) => !shown.includes(`"${name}"`))).toEqual([]);
  });

  it('show all three values of what is worked out first', () => {
    const lines = marked('truths').flatMap(splitLines);
    const listTruths = (subject: string) =>
      new Set(
        lines
          .filter((line) => /^\w+ +\{ "(\w+)"/.exec(line)?.[1] === subject)
          .map((line) => line.split(' ')[0]),
      );
    for (const subject of 'words lane laneStanding answering slide demoReady bant some'.split(' ')) {
      expect([subject, [...listTruths(subject)].sort()]).toEqual([subject, ['no', 'unknown', 'yes']]);
    }
    expect(lines.filter((line) => /^unknown.*"contradictory"/.test(line))).toEqual([]);
  });
});

describe('a worked example of models.md', () => {
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
      // Time alone changes the tier, and nothing else.
      ['recycled', 'nurture'],
      ['active', 'handoff'],
    ]);
  });

  it('holds a lead back, hands it off, and takes it back for its lane', () => {
    const shown = standings('policy').map(({ heldBack, lane, action }) => [heldBack, lane, action.kind]);
    expect(shown.slice(1)).toEqual([
      [true, undefined, 'nurture'],
      [undefined, 'mid-size', 'handoff'],
      [undefined, 'schools', 'nurture'],
    ]);
  });

  it('finds contradictions, and finds them healed', () => {
    const found = ['answers', 'more-answers', 'healed'].map((name) => {
      const { explanation } = replaySteps(judged(name)).at(-1) ?? {};
      const { changed, contradictions } = explanation?.answering ?? {};
      return [changed?.map(({ question }) => question), contradictions?.map(({ id }) => id)];
    });
    expect(found).toEqual([
      [[], []],
      [['authority', 'startInMonths'], ['critical-but-late']],
      [[], ['critical-but-late']],
    ]);
  });
});

describe('the reference of models.md', () => {
  it('has a row for each field of the schema, with its bounds, and no other', () => {
    expect(fieldProblems(collectFields(modelDocument, names), markedTables(text))).toEqual([]);
  });

  it('has all that a condition can name', () => {
    const named = markedTables(text)
      .filter(({ subject }) => subject === 'condition')
      .flatMap(({ rows }) => rows.flatMap(([first = '']) => quotedNames(first)));
    expect([...conditionFields, ...operatorNames].filter((name) => !named.includes(name))).toEqual([]);
  });

  it('has the caps on the whole document', () => {
    const section = findDocSection(text, "## What a model can't do");
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
    const checked = checkModel({ ...JSON.parse(findFence(models, 'small').body), disqualifiers });
    const most = checked.ok ? undefined : /at most (\d+)/.exec(checked.problems.map(showProblem).join())?.[1];
    expect(section).toContain(`| ${most} |`);
  });

  it('quotes the error of `explain` for a file that was changed', () => {
    const source = readFileSync(new URL('../../../cli/as-of/read-lead-as-of.ts', import.meta.url), 'utf8');
    const quoted = 'the model file was changed without a new version';
    expect(text).toContain(quoted);
    expect(source).toContain(quoted);
  });
});
