import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../../shared/scoring/document/criterion.ts';
import { laneFigures } from '../../../shared/scoring/document/lane-figures.ts';
import { evaluate, type ModelDocument, noFacts, type ScoringModel } from '../../../shared/scoring/index.ts';
import {
  type MarkedTable,
  markedTables,
  parseFences,
  quotedNames,
  readDocument,
} from '../../support/docs.ts';
import { modelNamed } from './examples.ts';

const text = readDocument('shipped-models.md');
const fences = parseFences(text);
const tables = markedTables(text);
const models = ['success-ready', 'bant'];

const findShippedModel = (name: string): ScoringModel => modelNamed(fences, `models/${name}.json`);
const findMarkedTable = (mark: string, subject: string): MarkedTable => {
  const table = tables.find((each) => each.mark === mark && each.subject === subject);
  if (table === undefined) throw new Error(`no table ${mark}: ${subject}`);
  return table;
};

/** A part of a model that has a row, named by its id, its field or its number. */
interface Part {
  readonly name: string;
  readonly stated: unknown;
}

const listSectionParts = (section: unknown): Part[] => {
  if (!Array.isArray(section)) {
    return Object.entries((section ?? {}) as object).map(([name, stated]) => ({ name, stated }));
  }
  return section.map((stated, i) => ({ name: stated.id ?? String(i + 1), stated }));
};

/** Returns the sections of which every part has a row, by their paths. Sections that the model lacks are left out. */
const listSections = (document: ModelDocument): Map<string, Part[]> => {
  const { questions, attributes, activities, dimensions, bant, slide, lanes, answering } = document;
  const { disqualifiers, promotions, policy, efforts } = document;
  const all: [string, unknown][] = [
    ['questions', questions],
    ['attributes', attributes],
    ['activities', activities],
    ...Object.entries(dimensions).map(([name, { criteria }]): [string, unknown] => [
      `dimensions.${name}.criteria`,
      criteria,
    ]),
    ['bant.letters', bant?.letters],
    ['slide.parts', slide?.parts],
    ['lanes', lanes?.map(({ figures, ...lane }) => lane)],
    ['answering.contradictions', answering?.contradictions],
    ['disqualifiers', disqualifiers],
    ['promotions', promotions],
    ['policy.rules', policy.rules],
    ['efforts', efforts],
  ];
  return new Map(
    all
      .map(([path, section]) => [path, listSectionParts(section)] as const)
      .filter(([, parts]) => parts.length > 0),
  );
};

/** The fields that no row repeats: texts for people, and shares of customers, which have tables of their own. */
const forPeople = ['id', 'text', 'title', 'successPercent', 'churnPercent'];

/** Returns every name, word and number of a part, except texts for people. */
const listLiterals = (stated: unknown): string[] => {
  if (typeof stated === 'string' || typeof stated === 'number') return [String(stated)];
  if (Array.isArray(stated)) return stated.flatMap(listLiterals);
  if (typeof stated !== 'object' || stated === null) return [];
  return Object.entries(stated).flatMap(([field, value]) => {
    if (forPeople.includes(field)) return [];
    return field === 'table' ? [...Object.keys(value), ...listLiterals(value)] : listLiterals(value);
  });
};

const says = (row: string, literal: string): boolean => {
  const escaped = literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])${escaped}(?![\\w-]|\\.\\d)`).test(row);
};

/** Returns the differences between a table and the parts of a model: their order, and each literal. */
const lineProblems = (parts: readonly Part[], { rows }: MarkedTable): string[] => {
  const named = rows.map(([first = '']) => quotedNames(first)[0] ?? first);
  const expected = parts.map(({ name }) => name);
  if (named.join() !== expected.join()) return [`lines for ${named}, the model has ${expected}`];
  return parts.flatMap(({ name, stated }, i) => {
    const row = (rows[i] ?? []).slice(1).join(' ').replaceAll('`', '');
    return listLiterals(stated)
      .filter((literal) => !says(row, literal))
      .map((literal) => `${name}: the row lacks ${literal}`);
  });
};

interface Details {
  /** The lower bound of a band, or a value of a table. */
  readonly of: string;
  readonly points: number;
  readonly successPercent?: number | undefined;
  readonly churnPercent?: number | undefined;
}

const listDetails = (criterion: Criterion): Details[] => {
  if ('bands' in criterion)
    return criterion.bands.map(({ from, ...band }) => ({ of: String(from), ...band }));
  if (!('table' in criterion)) return [];
  return Object.entries(criterion.table).map(([of, entry]) =>
    typeof entry === 'number' ? { of, points: entry } : { of, ...entry },
  );
};

const formatShares = ({ successPercent, churnPercent }: Details): string[] =>
  [successPercent, churnPercent].map((share) => (share === undefined ? '–' : `${share} %`));

describe.each(models)('shipped-models.md on %s', (name) => {
  const { document, scorecards, dimensions } = findShippedModel(name);
  const file = `models/${name}.json`;
  const sections = listSections(document);

  it('has a table for every section', () => {
    const shown = tables
      .filter(({ mark, subject }) => mark === 'lines' && subject.startsWith(`${file} `))
      .map(({ subject }) => subject.slice(file.length + 1));
    expect(shown.sort()).toEqual([...sections.keys()].sort());
  });

  it.each([...sections])('says all that %s states, line by line', (path, parts) => {
    expect(lineProblems(parts, findMarkedTable('lines', `${file} ${path}`))).toEqual([]);
  });

  it('shows its scorecards', () => {
    const shares = Object.entries(scorecards)
      .filter(([stage]) => stage !== 'customer')
      .map(([stage, weights]) => [
        stage,
        ...weights.map((share) => (share === 0 ? '–' : `${Math.round(share * 100)} %`)),
      ]);
    expect(findMarkedTable('shares', file).rows).toEqual(shares);
    expect(document.scorecards.customer).toBeUndefined();
  });

  it('says the bounds of its tiers, its threshold, and where leads go that are given back', () => {
    const { tiers, bant, policy } = document;
    const section = text.slice(text.indexOf(`## The model ${name}`));
    const prose = section.replaceAll('`', '').replaceAll('\n', ' ');
    expect(prose).toContain(`threshold is ${bant?.threshold}`);
    expect(prose).toMatch(
      new RegExp(`Tiers begin at ${tiers.excellent}.{0,14} ${tiers.good}.{0,7} and ${tiers.risky}`),
    );
    expect(prose).toContain(
      tiers.hysteresis === 0 ? 'without hysteresis' : `hysteresis of ${tiers.hysteresis}`,
    );
    expect(prose).toContain(`Recycled leads go back to ${policy.recycle.stage}`);
    expect(dimensions.map(({ id }) => id).filter((id) => !quotedNames(section).includes(id))).toEqual([]);
  });
});

describe('shipped-models.md on success-ready alone', () => {
  const { document, lanes = [], dimensions } = findShippedModel('success-ready');
  const file = 'models/success-ready.json';
  const prose = text.replaceAll('\n', ' ');
  const criteria: Criterion[] = dimensions.flatMap(({ id }) => document.dimensions[id]?.criteria ?? []);
  const shown = (amount: number | undefined) =>
    amount === undefined ? '–' : amount >= 1000 ? amount.toLocaleString('en') : String(amount);

  it('names the version', () => expect(prose).toContain(`\`${file}\`, version ${document.version}.`));

  it('has the base of each dimension', () => {
    const bases = findMarkedTable('bases', file).rows.map(([id = '', base]) => [
      quotedNames(id)[0],
      Number(base),
    ]);
    expect(bases).toEqual(dimensions.map(({ id, base }) => [id, base]));
  });

  it('has every figure of every lane', () => {
    const { rows } = findMarkedTable('figures', file);
    expect(rows).toEqual(
      laneFigures.map((figure) => [`\`${figure}\``, ...lanes.map((lane) => shown(lane.figures[figure]))]),
    );
    expect(lanes.map(({ figures }) => figures.example)).toEqual(lanes.map(() => true));
  });

  it('has where each lane stands, in the figures that give points', () => {
    const { rows } = findMarkedTable('standings', file);
    const asked = criteria.flatMap((criterion) =>
      'of' in criterion && 'laneStanding' in criterion.of ? [criterion.of.laneStanding] : [],
    );
    expect(rows).toEqual(
      asked.map((figure) => [
        `\`${figure}\``,
        ...lanes.map(({ standings }) => String(Math.round(standings[figure] ?? Number.NaN))),
      ]),
    );
  });

  const became = criteria.flatMap((criterion): [string, string[][]][] => {
    const entries = listDetails(criterion);
    return entries.some(({ successPercent, churnPercent }) => successPercent ?? churnPercent)
      ? [[criterion.id, entries.map((entry) => [entry.of, String(entry.points), ...formatShares(entry)])]]
      : [];
  });

  it.each(became)('has what became of customers by %s', (id, rows) => {
    expect(findMarkedTable('became', `${file} ${id}`).rows).toEqual(rows);
  });

  it('has no table of what became of others', () => {
    const shownOf = tables.filter(({ mark }) => mark === 'became').map(({ subject }) => subject);
    expect(shownOf).toEqual(became.map(([id]) => `${file} ${id}`));
  });

  it('says the bounds of successFit', () => {
    const fit = dimensions.find(({ id }) => id === 'successFit');
    const sum = (of: 'best' | 'worst') =>
      fit?.criteria.reduce((total, criterion) => total + criterion[of], fit.base);
    expect(prose).toContain(`\`successFit\` would lie between ${sum('worst')} and ${sum('best')}`);
  });

  it('says the coverage of a lead without facts', () => {
    const { coverage } = evaluate(findShippedModel('success-ready'), noFacts, 'mql', 0);
    expect(prose).toContain(`always known and makes ${coverage} at \`mql\``);
  });

  it('says which lanes are pursued', () => {
    const pursued = findMarkedTable('lines', `${file} lanes`).rows.map((row) => row.at(-1));
    expect(pursued).toEqual(lanes.map((lane) => (lane.pursued ? 'yes' : 'no')));
  });

  it('says which questions are open, and which are steady', () => {
    const judged = findMarkedTable('lines', `${file} questions`).rows.map((row) => row.at(-1) ?? '');
    const questions = Object.values(document.questions ?? {});
    expect(judged.map((cell) => cell.includes('open'))).toEqual(
      questions.map(({ kind, open }) => open ?? kind === 'text'),
    );
    expect(judged.map((cell) => cell.includes('steady'))).toEqual(
      questions.map((question) => 'steady' in question && question.steady !== undefined),
    );
    const asked = findMarkedTable('lines', `${file} questions`).rows.map((row) => row[1]);
    expect(asked).toEqual(questions.map((question) => question.text));
  });

  it('says how answers are judged, when the slide is enough, and who is held back', () => {
    const { answering, slide, policy } = document;
    expect(prose).toContain(`fewer than ${answering?.short?.below} words`);
    expect(prose).toContain(`${answering?.long?.from} words or more`);
    expect(prose).toContain(
      `${answering?.specific?.words} words or more, ${answering?.specific?.figures} figure or more`,
    );
    expect(prose).toContain(`with ${slide?.threshold} of the seven parts`);
    expect(prose).toContain(`a partial one counts ${slide?.partialCounts}`);
    expect(prose).toContain(`held back below a coverage of ${policy.holdBack?.belowCoverage}`);
    expect(prose).toContain(`\`${policy.holdBack?.track}\` meanwhile`);
    expect(prose).toContain(`the track \`${policy.recycle.track}\``);
  });
});

describe('the check of lines', () => {
  const parts = [
    {
      name: 'size',
      stated: { id: 'size', of: { attribute: 'employees' }, bands: [{ from: 50, points: -8 }] },
    },
  ];
  const table = (row: string): MarkedTable =>
    markedTables(`<!-- lines: x y -->\n\n| a | b |\n|---|---|\n${row}\n`)[0] as MarkedTable;

  it.each([
    ['| `size` | by `employees`: -8 from 50 |', []],
    ['| `size` | by `employees`: 8 from 50 |', ['size: the row lacks -8']],
    ['| `size` | by `employees`: -8 from 500 |', ['size: the row lacks 50']],
    ['| `sizes` | by `employees`: -8 from 50 |', ['lines for sizes, the model has size']],
  ])('of %s finds %j', (row, problems) => expect(lineProblems(parts, table(row))).toEqual(problems));
});
