import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addCalibrate } from '../../../cli/commands/calibrate.ts';
import { dayMs } from '../../../events/index.ts';
import { checkModel } from '../../../shared/scoring/index.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';
import { smallDocument, successReady } from '../../support/models.ts';
import { outcomeEvents } from '../../support/outcome-events.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

const { folder, inFolder } = temporaryFiles();
const start = Date.parse('2025-01-01T00:00:00.000Z');

type Step = readonly [day: number, type: EventInput['type'], data: EventInput['data']];

/** Writes the events of leads to a file, and returns its path. */
const fileOf = (name: string, leads: Readonly<Record<string, readonly Step[]>>): string =>
  inFolder(
    name,
    Object.entries(leads)
      .flatMap(([leadId, steps]) =>
        steps.map(([day, type, data], i) =>
          buildEntry({
            type,
            data: { leadId, ...data },
            at: new Date(start + day * dayMs).toISOString(),
            id: `e-${i}`,
          }),
        ),
      )
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(''),
  );

/** Returns leads that become an mql one a day, with what becomes of each. */
const leadsOf = (count: number, steps: (i: number) => readonly Step[]) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i): [string, readonly Step[]] => [
      `l-${i}`,
      [[i, 'LeadStageChanged', { stage: 'mql' }], ...steps(i)],
    ]),
  );
const ends = (day: number, outcome: string): Step => [day, 'LeadOutcomeRecorded', { outcome }];

let outputs = '';
let runs = 0;
beforeEach(() => {
  outputs = join(folder, `outputs-${runs++}`);
  mkdirSync(outputs, { recursive: true });
});
afterEach(() => {
  process.exitCode = 0;
});

/** Returns a model with two lanes, whose figures are made up. */
const baseDocument = () => {
  const document = smallDocument();
  const read = (figure: string) => ({
    id: figure,
    text: `is in a segment with a ${figure}`,
    of: { laneFigure: figure },
    bands: [{ from: 1, points: 40 }],
  });
  const fit = {
    ...document.dimensions.fit,
    criteria: [
      ...document.dimensions.fit.criteria,
      read('margin'),
      { id: 'software', text: 'makes software', when: { attribute: 'industry', is: 'software' }, points: 30 },
    ],
  };
  const lane = (id: string, when: object, figures: object) => ({
    id,
    title: id,
    kind: 'core',
    when,
    figures,
  });
  const lanes = [
    lane('small', { attribute: 'employees', below: 500 }, { successPercent: 1, margin: 5, example: true }),
    lane('large', { attribute: 'employees', atLeast: 500 }, { successPercent: 99, example: true }),
  ];
  return { ...document, lanes, dimensions: { ...document.dimensions, fit } };
};

const files = () => ['--out', join(outputs, 'model.json'), '--report', join(outputs, 'report.json')];
const calibrate = async (...args: string[]) => {
  const result = await runCommand(addCalibrate, 'calibrate', ...args);
  return { ...result, exitCode: result.code === 0 ? Number(process.exitCode ?? 0) : result.code };
};
const rules = ['--outcome', 'won', '--within', '30d', '--cut', 'mql'];
const readReport = () => JSON.parse(readFileSync(join(outputs, 'report.json'), 'utf8'));

describe('sluice calibrate', () => {
  it('takes its data from files or from a stack, and from one of the two', async () => {
    const [none, both] = [
      await calibrate(...rules, ...files()),
      await calibrate('--events', 'a.jsonl', '--endpoint', 'http://127.0.0.1:1', ...rules, ...files()),
    ];
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('given neither --events nor --endpoint; allowed: one of the two');
    expect(both).toMatchObject({ code: 2 });
    expect(both.stderr).toContain('given --events and --endpoint; allowed: one of the two');
  });

  it.each([
    [
      ['--outcome', 'win'],
      /--outcome: given "win"; at character 1 there is "win"; allowed there: .*won, lost/,
    ],
    [['--within', '90'], /--within: given "90"; allowed: a number of days from 1d to 3650d/],
    [['--cut', 'demo'], /--cut: given "demo"; allowed: created or a stage/],
    [['--as', 'x'], /--as: given "x"; allowed: an id and a version, such as success-ready@6/],
    [['--sample', '0'], /a whole number from 100 to 1000000/],
  ])('refuses %j with what is allowed, and writes nothing', async (wrong, message) => {
    const events = fileOf(
      'one.jsonl',
      leadsOf(1, () => []),
    );
    const { code, stderr } = await calibrate('--events', events, ...rules, ...files(), ...wrong);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(readdirSync(outputs)).toEqual([]);
  });

  it('writes over no file that it reads, nor one of its files over the other', async () => {
    const events = fileOf(
      'one.jsonl',
      leadsOf(1, () => []),
    );
    const same = join(outputs, 'same.json');
    const both = await calibrate('--events', events, ...rules, '--out', same, '--report', same);
    expect(both).toMatchObject({ code: 2 });
    const over = await calibrate('--events', events, ...rules, '--out', events, '--report', same);
    expect(over).toMatchObject({ code: 2 });
    expect(over.stderr).toContain('would be written over');
    expect(readFileSync(events, 'utf8')).toContain('LeadStageChanged');
  });

  it.each([
    ['named by its version', ['--base', 'success-ready@5']],
    ['read for its stages, as without a base', []],
  ])('writes over no model in models/ that is %s', async (_, base) => {
    const shipped = join(import.meta.dirname, '../../../models/success-ready.json');
    const before = readFileSync(shipped, 'utf8');
    const ran = await calibrate(
      ...['--events', 'missing.jsonl', ...rules, ...base],
      ...['--out', shipped, '--report', join(outputs, 'report.json')],
    );
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stderr).toContain('would be written over');
    expect(readFileSync(shipped, 'utf8')).toBe(before);
  });

  it('gives no model the version of its base', async () => {
    const args = ['--events', 'missing.jsonl', ...rules, ...files(), '--base', 'success-ready@5'];
    const { code, stderr } = await calibrate(...args, '--as', 'success-ready@5');
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--as: given success-ready@5, which is the base itself; allowed: another version',
    );
  });

  it('says before it reads anything that a file can not be written', async () => {
    const there = join(folder, 'nowhere', 'model.json');
    const { code, stderr } = await calibrate(
      '--events',
      'missing.jsonl',
      ...rules,
      ...['--out', there, '--report', join(outputs, 'report.json')],
    );
    expect(code).toBe(1);
    expect(stderr).toContain(`${there} can't be written`);
  });

  it('knows no base that is neither a file nor a shipped version', async () => {
    const { code, stderr } = await calibrate('--events', 'x', ...rules, ...files(), '--base', 'mine@7');
    expect(code).toBe(1);
    expect(stderr).toContain('--base: no model mine@7 is in models/; allowed: a file, or such a version');
  });

  it.each([
    ['no events', {}, /there is no lead in the data/],
    [
      'events without outcomes',
      leadsOf(100, () => []),
      /no event records won.*the data has no outcome at all.*LeadOutcomeRecorded/,
    ],
    ['other outcomes', leadsOf(100, (i) => [ends(i + 1, 'lost')]), /the data has lost of 100 leads/],
    [
      'leads that were won at once',
      leadsOf(100, (i) => [ends(i, 'won')]),
      /none of 100 leads can be learnt from/,
    ],
  ])(
    'learns nothing from %s: it says why, in the report as well, and writes no model',
    async (_, leads, reason) => {
      const events = fileOf('events.jsonl', leads);
      const { exitCode, stdout } = await calibrate('--events', events, ...rules, ...files(), '--draft');
      expect(exitCode).toBe(3);
      expect(stdout.replaceAll('\n', ' ')).toMatch(reason);
      expect(stdout).toContain('NOT READY');
      const report = readReport();
      expect(report.calibration).toMatchObject({ ready: false });
      expect(report.calibration.reasons[0]).toMatch(reason);
      expect(existsSync(join(outputs, 'model.json'))).toBe(false);
      expect(readdirSync(outputs)).toEqual(['report.json']);
    },
  );

  it('replaces a report of before as a whole, and leaves the model of before if there is no new one', async () => {
    writeFileSync(join(outputs, 'report.json'), 'x'.repeat(100_000));
    writeFileSync(join(outputs, 'model.json'), 'mine');
    await calibrate('--events', fileOf('none.jsonl', {}), ...rules, ...files());
    expect(readReport()).toMatchObject({ data: { leads: 0 } });
    expect(readFileSync(join(outputs, 'model.json'), 'utf8')).toBe('mine');
  });

  describe('from leads that can be learnt from', () => {
    const events = inFolder(
      'learn.jsonl',
      outcomeEvents(1_500)
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(''),
    );
    const read = () => JSON.parse(readFileSync(join(outputs, 'model.json'), 'utf8'));

    it('writes a model that checks without a warning, and says what is next', async () => {
      const { exitCode, stdout } = await calibrate('--events', events, ...rules, ...files());
      expect(stdout).toContain('Ready.');
      expect(exitCode).toBe(0);
      expect(checkModel(read())).toMatchObject({ ok: true, warnings: [] });
      expect(readReport()).toMatchObject({ model: 'calibrated@1', calibration: { ready: true }, lanes: [] });
      expect(stdout).toContain(`npx sluice model publish ${join(outputs, 'model.json')}`);
      expect(stdout).toContain('npx sluice model activate calibrated@1 --by NAME --reason TEXT');
    });

    it('writes a model that promotes as leads were followed, and says that a policy is missing', async () => {
      const { stdout } = await calibrate('--events', events, ...rules, ...files());
      expect(read().promotions).toEqual(successReady().document.promotions);
      expect(read().policy.rules).toEqual([]);
      expect(stdout).toContain('It has no policy: activated as it is, it would hand off nobody');
    });

    it('gives the same model for the same seed', async () => {
      await calibrate('--events', events, ...rules, ...files());
      const first = readFileSync(join(outputs, 'model.json'), 'utf8');
      await calibrate('--events', events, ...rules, ...files());
      expect(readFileSync(join(outputs, 'model.json'), 'utf8')).toBe(first);
    });

    it('measures the lanes of the base in place of what is made up, by a rule of success', async () => {
      const base = inFolder('base.json', JSON.stringify(baseDocument()));
      const { stdout, stderr } = await calibrate(
        ...['--events', events, ...files(), '--base', base, '--draft'],
        ...[
          '--outcome',
          '(renewed or expanded or referenced) and not churned',
          '--within',
          '60d',
          '--cut',
          'customer',
        ],
      );
      expect(stderr).toBe('');
      const { id, version, title, lanes } = read();
      expect({ id, version, title }).toEqual({ id: 'small', version: '2', title: 'Small' });
      const [small, large] = lanes.map(({ figures }: { figures: object }) => figures);
      expect(small).toMatchObject({ customers: expect.any(Number), example: ['margin'], margin: 5 });
      expect(small.successPercent + small.churnPercent).toBeCloseTo(100, 0);
      expect(small.successPercent).toBeGreaterThan(large.successPercent + 20);
      expect(small.timeToValueDays).toBe(40);
      expect(large).not.toHaveProperty('example');
      expect(checkModel(read())).toMatchObject({ ok: true });
      expect(stdout).not.toContain('It has no policy');
      expect(stdout).toContain('Still made up, since rules of the model read them');
    });
  });

  it('prints the report with --json, and nothing else to standard output', async () => {
    const events = fileOf(
      'events.jsonl',
      leadsOf(20, () => []),
    );
    const { stdout } = await calibrate('--events', events, ...rules, ...files(), '--json');
    expect(JSON.parse(stdout)).toEqual(readReport());
    expect(stdout.trimEnd()).not.toContain('\n');
  });
});
