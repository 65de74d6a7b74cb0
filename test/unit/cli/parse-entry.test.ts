import { describe, expect, it } from 'vitest';
import { showProblem } from '../../../events/index.ts';
import { parseEntry } from '../../../shared/entries/index.ts';
import { buildEntry, now } from '../../support/events.ts';

const profile = (employees: string, more: object = {}): string =>
  JSON.stringify({
    ...buildEntry({ type: 'LeadProfileUpdated', data: { attributes: { employees: 0 } } }),
    ...more,
  }).replace('"employees":0', `"employees":${employees}`);

const parse = (text: string) => parseEntry({ text }, now);

const rejectionOf = (text: string): string => {
  const line = parse(text);
  return line.kind === 'rejected'
    ? `${line.rejection.code} | ${line.rejection.problems.map(showProblem).join('; ')}`
    : 'none';
};

describe('a line of a file of events', () => {
  it.each(['1e400', '-1e400', '3'.repeat(400), `${'3'.repeat(300)}e99`, '[1e400]'])(
    'is rejected, never sent as null, with a number beyond the range of a double: %#',
    (employees) => {
      expect(rejectionOf(profile(employees))).toMatch(
        /^malformed \| detail\.data\.attributes\.employees(\[0\])?: given a number beyond the range of a double/,
      );
    },
  );

  it('is rejected with such a number in its envelope, which would not be sent', () => {
    expect(rejectionOf(profile('5', { version: 0 }).replace('"version":0', '"version":1e400'))).toContain(
      'malformed | version: given a number beyond',
    );
  });

  it('is rejected if it is nested deeper than the bus takes, and does not end the command', () => {
    const deep = `${'['.repeat(90_000)}${']'.repeat(90_000)}`;
    expect(rejectionOf(profile(deep))).toContain('given more than 1100 levels of objects and lists');
    expect(rejectionOf(deep)).toContain('given more than 1100 levels of objects and lists');
  });

  it('is rejected if the bus would refuse its size, which counts source, type and time as well', () => {
    const room = 1_048_576 - Buffer.byteLength(JSON.stringify(JSON.parse(profile('""')).detail));
    const around = 'test.producer'.length + 'LeadProfileUpdated'.length + 14;
    expect(parse(profile(`"${'x'.repeat(room - around)}"`)).kind).toBe('entry');
    expect(rejectionOf(profile(`"${'x'.repeat(room - around + 1)}"`))).toBe(
      'too-large | (the whole): given 1048577 bytes; allowed: at most 1048576 bytes',
    );
  });

  it('has its integers beyond 2^53 rounded, as every reader of JSON numbers in this project does', () => {
    const line = parse(profile('9007199254740993'));
    expect(line.kind === 'entry' && line.entry.Detail).toContain('"employees":9007199254740992');
  });

  it.each(['LeadClockAdvanced', 'HandoffDue', 'NurtureDue'])(
    'is rejected if its type is for messages within Sluice, which the bus takes from nobody: %s',
    (type) => {
      for (const source of ['test.producer', 'sluice'])
        expect(rejectionOf(profile('5', { 'detail-type': type, source }))).toBe(
          `reserved-type | detail-type: given "${type}"; allowed: a type of a producer: this one is for messages within Sluice`,
        );
    },
  );

  it.each(['LeadProfileUpdate', 'leadProfileUpdated', 'LeadTierChanged'])(
    'is sent though no contract has its type, since it is quarantined then: %s',
    (type) => {
      expect(parse(profile('5', { 'detail-type': type }))).toMatchObject({
        kind: 'entry',
        entry: { DetailType: type },
      });
    },
  );
});
