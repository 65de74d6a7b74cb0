import { describe, expect, it } from 'vitest';
import { listFields } from '../../../shared/calibration/columns/fields.ts';
import { calibrate, type Row } from '../../../shared/calibration/index.ts';
import { findLeaks } from '../../../shared/calibration/leaks.ts';
import { checkModel } from '../../../shared/scoring/index.ts';
import { buildRows, buildUsualRows, calibrationOptions, drawFrom } from '../../support/calibration.ts';
import { readModelFile, smallDocument } from '../../support/models.ts';

const rows = buildUsualRows();
const usual = calibrate(rows, calibrationOptions);

const aucOf = ({ report }: typeof usual, name: string): number =>
  report.performance.find((one) => one.name === name)?.auc.value ?? Number.NaN;

const listCriteria = ({ document }: Pick<typeof usual, 'document'>) =>
  Object.values(document?.dimensions ?? {}).flatMap(({ criteria }) => criteria);

const withAttribute = (name: string, findValue: (row: Row, i: number) => string | undefined): Row[] =>
  rows.map((row, i) => {
    const value = findValue(row, i);
    const attributes = {
      ...row.facts.attributes,
      ...(value !== undefined && { [name]: [value, row.at] as const }),
    };
    return { ...row, facts: { ...row.facts, attributes } };
  });

describe('a calibration', () => {
  it('gives a document that the check finds nothing in', () => {
    const checked = checkModel(usual.document);
    expect(checked.ok && checked.warnings).toEqual([]);
  });

  it('gives the same document and report for the same rows in any order', () => {
    expect(calibrate(rows.toReversed(), calibrationOptions)).toEqual(usual);
  });

  it('gives whole points, with how many leads they rest on', () => {
    for (const criterion of listCriteria(usual)) {
      if (!('bands' in criterion)) continue;
      expect(criterion.bands.every(({ points }) => Number.isInteger(points))).toBe(true);
      expect(
        criterion.bands.every(
          ({ leads, successPercent }) => leads !== undefined && successPercent !== undefined,
        ),
      ).toBe(true);
    }
  });

  it('gives bands whose points rise with the rate of success', () => {
    const size = listCriteria(usual).find(({ id }) => id === 'size');
    const points = size !== undefined && 'bands' in size ? size.bands.map((band) => band.points) : [];
    expect(points.length).toBeGreaterThan(2);
    expect(points).toEqual(points.toSorted((a, b) => a - b));
  });

  it('says in words what an activity gives points for', () => {
    expect(
      listCriteria(usual)
        .map(({ text }) => text)
        .join(),
    ).toContain('visited pricing');
  });

  it('makes no criterion of texts that no two leads share', () => {
    expect(listCriteria(usual).some(({ id }) => id.startsWith('note'))).toBe(false);
    expect(usual.report.notes.some(({ field }) => field?.name === 'note')).toBe(true);
  });

  it('is ready if outcomes can be foretold', () => {
    expect(usual.report.reasons).toEqual([]);
    expect(usual.report.ready).toBe(true);
    expect(aucOf(usual, 'document')).toBeGreaterThan(0.65);
  });

  it('keeps periods apart by the horizon', () => {
    const [train, calibrated, test] = usual.report.periods;
    const gap = calibrationOptions.horizonDays * 86_400_000;
    expect((calibrated?.from ?? 0) - (train?.to ?? 0)).toBeGreaterThanOrEqual(gap);
    expect((test?.from ?? 0) - (calibrated?.to ?? 0)).toBeGreaterThanOrEqual(gap);
  });
});

describe('a calibration upon a model in use', () => {
  const base = usual.document;
  if (base === undefined) throw new Error('nothing was learnt');
  const again = calibrate(rows, { ...calibrationOptions, version: '2', base });

  it('changes points and thresholds only', () => {
    const bare = (value: unknown): string =>
      JSON.stringify(value, (key, part) =>
        ['points', 'leads', 'successPercent', 'base', 'tiers', 'version', 'otherwise'].includes(key)
          ? undefined
          : part,
      );
    expect(bare(again.document)).toBe(bare(base));
  });

  it('is measured against it', () => {
    expect(again.report.performance.map(({ name }) => name)).toContain('model in use');
  });

  it('gives a document that the check finds nothing in', () => {
    const checked = checkModel(again.document);
    expect(checked.ok && checked.warnings).toEqual([]);
  });

  it('answers clearly if the model reads nothing that the leads have', () => {
    for (const document of [smallDocument(), readModelFile('success-ready')]) {
      const checked = checkModel(document);
      if (!checked.ok) throw new Error('the model is invalid');
      const { report } = calibrate(rows, { ...calibrationOptions, base: checked.model.document });
      expect(report.ready).toBe(false);
    }
  });
});

describe('a model in use that reads a field which only leads that succeed have', () => {
  const draw = drawFrom(9);
  const leads = buildRows(3_000, (i) => {
    const isBig = draw() < 0.3;
    const outcome = draw() < (isBig ? 0.3 : 0.15);
    const contract = outcome && draw() < 0.3 ? `c${i % 3}` : undefined;
    return {
      attributes: { size: isBig ? 'big' : 'small', ...(contract !== undefined && { contract }) },
      outcome,
    };
  });
  const small = smallDocument();
  const checked = checkModel({
    ...small,
    promotions: [],
    disqualifiers: [],
    lanes: [
      {
        ...{ id: 'signed', title: 'Signed', kind: 'core', figures: { churnPercent: 5 } },
        when: { attribute: 'contract', known: true },
      },
    ],
    dimensions: {
      fit: {
        title: 'Fit',
        criteria: [
          { id: 'big', text: 'is big', when: { attribute: 'size', is: 'big' }, points: 30 },
          {
            id: 'contract',
            text: 'has a contract',
            when: { attribute: 'contract', known: true },
            points: 60,
          },
          { id: 'signed', text: 'has signed', when: { lane: 'id', is: 'signed' }, points: 60 },
        ],
      },
    },
    scorecards: Object.fromEntries(Object.keys(small.scorecards).map((stage) => [stage, { fit: 1 }])),
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const base = checked.model.document;
  const contract = { kind: 'attribute', name: 'contract' } as const;
  const pointsOf = (of: Pick<typeof usual, 'document'>) =>
    Object.fromEntries(listCriteria(of).map((one) => [one.id, 'when' in one ? one.points : undefined]));

  it.each([
    ['is found to leak', {}],
    ['is to be left out', { leaveOut: [contract] }],
  ])('gives no points for it if it %s, and neither does the model that it is compared with', (_, named) => {
    const learnt = calibrate(leads, { ...calibrationOptions, base, version: '2', ...named });
    const { report } = learnt;
    expect(pointsOf(learnt)).toEqual({ big: expect.any(Number), contract: 0, signed: 0 });
    expect(pointsOf(learnt).big).toBeGreaterThan(0);
    // Size alone foretells with an AUC of about 0.57; with the contract it is above 0.7.
    for (const name of ['document', 'model in use']) {
      expect(report.performance.find((one) => one.name === name)?.auc.value).toBeLessThan(0.65);
    }
    const why = 'gives no points, since it reads attribute contract, which is left out';
    expect(report.warnings).toContain(`criterion contract ${why}`);
    expect(report.warnings).toContain('the model in use is compared without the points of contract, signed');
    expect(report.notes).toContainEqual({ criterion: 'signed', text: why });
  });

  it('keeps them if the field is trusted', () => {
    const options = { ...calibrationOptions, base, version: '2', trusted: [contract] };
    const learnt = calibrate(leads, options);
    expect(pointsOf(learnt).contract).toBeGreaterThan(0);
    expect(learnt.report.performance[0]?.auc.value).toBeGreaterThan(0.65);
  });
});

describe('a tier', () => {
  /** Returns leads of which a fifth are big and succeed at a rate of their own, and the others at 5 %. */
  const build = (ofBig: (i: number) => number) => {
    const draw = drawFrom(29);
    return buildRows(4_000, (i) => {
      const isBig = draw() < 0.2;
      return {
        attributes: { size: isBig ? 'big' : 'small', area: `a${Math.floor(draw() * 4)}` },
        outcome: draw() < (isBig ? ofBig(i) : 0.05),
      };
    });
  };

  it('is not borne out where only the order of tiers has put it, and the report warns of it', () => {
    const { report } = calibrate(
      build(() => 0.9),
      calibrationOptions,
    );
    const [excellent, good] = report.tiers;
    expect([excellent?.supported, good?.supported]).toEqual([true, false]);
    expect(good).not.toHaveProperty('interval');
    expect(report.warnings.join()).toMatch(/it begins at \d+ only to be in order/);
    expect(report.warnings.join()).toMatch(/no lead of the test time is in tier/);
  });

  it('promises the rate that was tested: three times 45 % can not be', () => {
    const { report } = calibrate(
      build(() => 0.6).map((row, i) => ({ ...row, outcome: row.outcome || i % 3 === 0 })),
      calibrationOptions,
    );
    const [excellent] = report.tiers;
    const usual = excellent?.usualPercent ?? 0;
    expect(usual).toBeGreaterThan(35);
    expect(excellent?.targetPercent).toBeCloseTo(100 - (100 - usual) / 3, 0);
  });

  it('is warned of if its leads of the test time surely succeed less often than it promises', () => {
    const { report } = calibrate(
      build((i) => (i < 3_200 ? 0.9 : 0.1)),
      calibrationOptions,
    );
    expect(report.warnings.join()).toMatch(
      /promises a rate of success of [\d.]+ %, and of its \d+ leads of the test/,
    );
  });
});

describe('a base that knows more of its lanes later', () => {
  it('is tested as it was when the test time began, and compared as it is', () => {
    const { document: base } = usual;
    if (base === undefined) throw new Error('nothing was learnt');
    const asked: number[] = [];
    const baseBy = (instant: number) => {
      asked.push(instant);
      return { ...base, description: 'as it was' };
    };
    const inUse = { ...base, dimensions: {} };
    const { document, measured, report } = calibrate(rows, {
      ...calibrationOptions,
      base,
      baseBy,
      version: '2',
    });
    expect(asked).toEqual([report.periods.find(({ name }) => name === 'test')?.from]);
    expect(measured?.description).toBe('as it was');
    expect(document).not.toHaveProperty('description');
    const other = calibrate(rows, { ...calibrationOptions, base, inUse, version: '2' });
    expect(aucOf(other, 'model in use')).toBe(0.5);
  });
});

describe('the verdict', () => {
  it('counts all leads to learn from, also those in the gaps between periods', () => {
    // The last of these stands in the gap before the test time.
    const won = [20, 50, 110];
    const few = buildUsualRows(154).map((row, i) => ({ ...row, outcome: won.includes(i) }));
    const { reasons, leftOut, periods } = calibrate(few, calibrationOptions).report;
    expect(leftOut).toBeGreaterThan(0);
    expect(periods.reduce((sum, { successes }) => sum + successes, 0)).toBe(2);
    expect(reasons).toEqual(['only 3 leads succeeded: at least 50 are needed']);
  });

  it('says in plain words that it takes both outcomes', () => {
    const none = buildUsualRows(60).map((row) => ({ ...row, outcome: false }));
    expect(calibrate(none, calibrationOptions).report.reasons).toEqual([
      "none of the 60 leads succeeded: it takes leads that did and leads that didn't to find how they differ",
    ]);
  });
});

describe('a field', () => {
  it('is neither the wish for messages nor the number of the contact', () => {
    const attributes = { optedOut: true, hubspotContactId: 512, seniority: 'staff' };
    expect(listFields(buildRows(3, () => ({ attributes, outcome: true })))).toMatchObject([
      { kind: 'attribute', name: 'seniority' },
    ]);
  });
});

describe('a leak', () => {
  it.each([
    ['only noted', 120, 'noted'],
    ['suspected', 12_000, 'suspected'],
  ])('of which it says much that a field is known is %s with %i leads', (_, count, effect) => {
    // Of the leads that succeed 75 % have it, of the others 20 %: an AUC of 0.775.
    const found = buildRows(count, (i) => {
      const outcome = i % 2 === 0;
      const isKnown = (i / 2) % 20 < (outcome ? 15 : 4);
      return { attributes: isKnown ? { phone: `+49 ${i}` } : {}, outcome };
    });
    const sample = {
      outcomes: Uint8Array.from(found, ({ outcome }) => (outcome ? 1 : 0)),
      indexes: Int32Array.from(found, (__, i) => i),
    };
    expect(findLeaks(found, listFields(found), sample)).toMatchObject([
      { kind: 'known by the outcome', effect },
    ]);
  });

  it('is a field that is the outcome itself, and is left out', () => {
    const { report, document } = calibrate(
      withAttribute('dealStatus', ({ outcome }) => (outcome ? 'closed' : 'open')),
      calibrationOptions,
    );
    expect(report.leaks).toContainEqual(
      expect.objectContaining({ field: { kind: 'attribute', name: 'dealStatus' }, effect: 'left out' }),
    );
    expect(JSON.stringify(document)).not.toContain('dealStatus');
  });

  it('is a field that is only known of leads that succeed, and is left out', () => {
    const leaking = withAttribute('segment', ({ outcome }, i) =>
      outcome && i % 4 > 0 ? `s${i % 3}` : undefined,
    );
    const { report, document } = calibrate(leaking, calibrationOptions);
    expect(report.leaks).toContainEqual(
      expect.objectContaining({ field: { kind: 'attribute', name: 'segment' }, effect: 'left out' }),
    );
    expect(JSON.stringify(document)).not.toContain('segment');
    expect(report.leaks.filter(({ field }) => field.name === 'segment')).toHaveLength(1);
  });

  it('is suspected in a field that alone foretells nearly all, and the model isn’t ready until it is trusted', () => {
    const draw = drawFrom(5);
    const leaking = withAttribute('call', ({ outcome }) => (draw() < 0.04 === outcome ? 'short' : 'long'));
    const { report } = calibrate(leaking, calibrationOptions);
    expect(report.ready).toBe(false);
    expect(report.reasons.join()).toContain('call');
    const trusted = [{ kind: 'attribute' as const, name: 'call' }];
    expect(calibrate(leaking, { ...calibrationOptions, trusted }).report.ready).toBe(true);
  });

  it('is looked for in an activity that is called like a part of every object', () => {
    const late = rows.map((row, i) => {
      const day = Math.floor(row.at / 86_400_000);
      const done =
        i % 6 > 0 === row.outcome ? [['constructor', [1, row.at, [day, 1]] as const] as const] : [];
      const activities = { ...row.facts.activities, ...Object.fromEntries(done) };
      return { ...row, earlierFacts: row.facts, facts: { ...row.facts, activities } };
    });
    expect(calibrate(late, calibrationOptions).report.leaks).toContainEqual(
      expect.objectContaining({
        field: { kind: 'activity', name: 'constructor' },
        kind: 'said shortly before',
      }),
    );
  });

  it('is suspected in a field that was filled in during the last days', () => {
    const late = withAttribute('rating', ({ outcome }, i) => (i % 6 > 0 === outcome ? 'A' : 'B')).map(
      (row, i) => ({
        ...row,
        earlierFacts: rows[i]?.facts ?? row.facts,
      }),
    );
    expect(calibrate(late, calibrationOptions).report.leaks).toContainEqual(
      expect.objectContaining({ field: { kind: 'attribute', name: 'rating' }, kind: 'said shortly before' }),
    );
  });
});

describe('a model in use whose tiers are out of reach by other points', () => {
  it('gets tiers of its own, with names that are parts of every object and numbers of any size', () => {
    const draw = drawFrom(3);
    const many = buildRows(2_000, () => {
      const share = draw();
      return {
        attributes: { size: share * 1.7e308, constructor: share > 0.5 ? 'toString' : 'hasOwnProperty' },
        answers: { toString: share > 0.4 },
        activities: { hasOwnProperty: Math.floor(share * 4) },
        outcome: draw() < share,
      };
    });
    const { document: base } = calibrate(many, calibrationOptions);
    if (base === undefined) throw new Error('nothing was learnt');
    const { document } = calibrate(many, { ...calibrationOptions, version: '2', base });
    const checked = checkModel(document);
    expect(checked.ok && checked.warnings).toEqual([]);
  });
});

describe('a model in use with a table of more values than a byte counts', () => {
  it('has the leads of each value counted once', () => {
    const draw = drawFrom(17);
    const values = 300;
    const many = buildRows(6_000, (i) => ({
      attributes: { code: `c${i % values}`, size: Math.floor(draw() * 100) },
      outcome: draw() < (i % 2 === 0 ? 0.4 : 0.2),
    }));
    const table = Object.fromEntries(Array.from({ length: values }, (_, i) => [`c${i}`, 50 + 50 * (i % 2)]));
    const code = { id: 'code', text: 'has a code', of: { attribute: 'code' }, table };
    const base = { ...smallDocument(), dimensions: { fit: { title: 'Fit', base: 0, criteria: [code] } } };
    const scorecard = { fit: 1 };
    const scorecards = Object.fromEntries(Object.keys(base.scorecards).map((stage) => [stage, scorecard]));
    const checked = checkModel({ ...base, scorecards, promotions: [], disqualifiers: [] });
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    const [learnt] = listCriteria(
      calibrate(many, { ...calibrationOptions, version: '2', base: checked.model.document }),
    );
    const entries = Object.values(learnt !== undefined && 'table' in learnt ? learnt.table : {});
    const leads = entries.map((entry) => (typeof entry === 'number' ? 0 : (entry.leads ?? 0)));
    expect(leads).toHaveLength(values);
    expect(Math.min(...leads)).toBeGreaterThan(0);
    expect(Math.max(...leads) - Math.min(...leads)).toBeLessThanOrEqual(1);
  });
});

describe('outcomes that were dealt out at random', () => {
  it('give no model that is ready', () => {
    const draw = drawFrom(23);
    const { report } = calibrate(
      rows.map((row) => ({ ...row, outcome: draw() < 0.3 })),
      calibrationOptions,
    );
    expect(report.ready).toBe(false);
  });
});

describe('bad input', () => {
  const draw = drawFrom(11);
  const cases: Readonly<Record<string, { rows: readonly Row[]; reason: RegExp }>> = {
    'no leads': { rows: [], reason: /no leads/ },
    'ten leads': { rows: rows.slice(0, 10), reason: /at least 50/ },
    'leads that all succeed': { rows: rows.filter(({ outcome }) => outcome), reason: /all of the/ },
    'leads of which none succeeds': { rows: rows.filter(({ outcome }) => !outcome), reason: /none of the/ },
    'fields that are the same of all leads': {
      rows: buildRows(2_000, () => ({ attributes: { a: 'x', b: 1 }, outcome: draw() < 0.3 })),
      reason: /nothing that is known/,
    },
    'leads of which nothing is known': {
      rows: buildRows(2_000, () => ({ outcome: draw() < 0.3 })),
      reason: /nothing that is known/,
    },
    'leads that succeed at one time only': {
      rows: buildRows(2_000, (i) => ({ attributes: { a: `v${i % 4}` }, outcome: i > 1_900 })),
      reason: /./,
    },
  };
  for (const [name, { rows: given, reason }] of Object.entries(cases)) {
    it(`of ${name} gives a reason and no document`, () => {
      const { document, report } = calibrate(given, calibrationOptions);
      expect(document).toBeUndefined();
      expect(report.ready).toBe(false);
      expect(report.reasons.join()).toMatch(reason);
    });
  }
});
