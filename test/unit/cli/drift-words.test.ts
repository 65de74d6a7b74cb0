import { describe, expect, it } from 'vitest';
import { addCalibrate } from '../../../cli/commands/calibrate.ts';
import { describeRemedy } from '../../../cli/drift/remedy-words.ts';
import { SluiceCommand } from '../../../cli/sluice-command.ts';
import type { DriftComparison, DriftMeasure } from '../../../shared/drift/index.ts';
import { findDocSection, readDocument } from '../../support/docs.ts';

const finding: DriftMeasure = { kind: 'score', value: 0.3, limit: 0.1, text: 'scores differ' };

const remedyOf = (given: Partial<DriftComparison>): string =>
  describeRemedy({
    measures: [finding],
    findings: [finding],
    remedy: 'move-tiers',
    tooFew: [],
    ...given,
  }).join('\n');

describe('what to do about drift', () => {
  it('is nothing without a finding', () => {
    expect(describeRemedy({ measures: [], findings: [], tooFew: [] })).toEqual([]);
  });

  it('says that scores rank leads as before only if outcomes were compared', () => {
    const holds = 'scores rank leads as well as before, so only thresholds are off';
    const unknown = "It isn't known yet whether scores still rank leads";
    expect(remedyOf({})).toContain(holds);
    expect(remedyOf({})).not.toContain(unknown);
    expect(remedyOf({ tooFew: ['outcomes'] })).toContain(unknown);
    expect(remedyOf({ tooFew: ['outcomes'] })).not.toContain(holds);
  });

  it('begins with the sources of fields if a criterion applies otherwise', () => {
    const criterion: DriftMeasure = { ...finding, kind: 'criterion', criterion: 'industry' };
    for (const remedy of ['move-tiers', 'calibrate'] as const)
      expect(remedyOf({ remedy, findings: [finding, criterion] })).toMatch(/^First look whether the sources/);
    expect(remedyOf({})).not.toContain('source');
  });

  it.each([
    ['drift.md', '## What to do'],
    ['runbook.md', '## Model drifted'],
  ])('looks at sources by the same commands in %s', (name, heading) => {
    const criterion: DriftMeasure = { ...finding, kind: 'criterion', criterion: 'industry' };
    const [first = ''] = remedyOf({ findings: [criterion] }).split('Move the tiers');
    const commands = [...first.matchAll(/npx sluice .*?(?= {2})/g)].map(([command]) => command);
    expect(commands).toEqual(['npx sluice source list', 'npx sluice unread']);
    const section = findDocSection(readDocument(name), heading);
    for (const command of commands) expect(section).toContain(`\`${command}\``);
  });

  it('waits for no check of the same model, since a new version is compared with itself', () => {
    expect(remedyOf({})).not.toContain('next check');
    expect(remedyOf({})).toContain(
      "If wins still don't follow the tiers after a few months, calibrate again:",
    );
  });

  it.each(['move-tiers', 'calibrate'] as const)(
    'names with %s a command that calibrates the data of a stack, with all that it requires',
    (remedy) => {
      const program = new SluiceCommand();
      addCalibrate(program);
      const required = program.commands[0]?.options.filter(({ mandatory }) => mandatory) ?? [];
      expect(required.length).toBeGreaterThan(3);
      const line = /npx sluice calibrate .*/.exec(remedyOf({ remedy }))?.[0];
      for (const option of ['--endpoint', ...required.map(({ long }) => long)])
        expect(line).toContain(`${option} `);
    },
  );
});
