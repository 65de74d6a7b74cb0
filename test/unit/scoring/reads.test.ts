import { describe, expect, it } from 'vitest';
import { condition, conditionFields } from '../../../shared/scoring/document/condition.ts';
import { findSection, keyOfRead, listConditionReads } from '../../../shared/scoring/document/reads.ts';

const read: readonly (readonly [condition: object, keys: readonly string[], sections: readonly string[]])[] =
  [
    [{ attribute: 'size', is: 1 }, ['attribute size'], []],
    [{ attribute: 'size', relativeTo: 'revenue', above: 1 }, ['attribute size', 'lane'], ['lanes']],
    [{ answer: 'budget', relativeTo: 'revenue', above: 1 }, ['answer budget', 'lane'], ['lanes']],
    [{ words: 'budget', atLeast: 3 }, ['answer budget'], []],
    [{ figures: 'budget', atLeast: 3 }, ['answer budget'], []],
    [{ lane: 'id', is: 'core' }, ['lane'], ['lanes']],
    [{ laneFigure: 'revenue', above: 1 }, ['lane'], ['lanes']],
    [{ laneStanding: 'revenue', above: 1 }, ['lane'], ['lanes']],
    [{ activity: 'visit' }, ['activity visit'], []],
    [{ outcome: 'won' }, ['outcome won'], []],
    [{ answering: 'short' }, ['answering'], ['answering']],
    [{ bant: 'need', is: 'pass' }, ['letter need'], ['bant']],
    [{ bantMet: true }, ['bantMet'], ['bant']],
    [{ slide: 'delta', is: 'partial' }, ['part delta'], ['slide']],
    [{ demoReady: true }, ['demoReady'], ['slide']],
    [{ all: [{ bantMet: true }, { not: { activity: 'visit' } }] }, ['bantMet', 'activity visit'], ['bant']],
    [{ any: [{ activity: 'visit' }] }, ['activity visit'], []],
    [{ not: { outcome: 'won' } }, ['outcome won'], []],
    [
      { some: [{ demoReady: true }, { bantMet: true }], atLeast: 1 },
      ['demoReady', 'bantMet'],
      ['slide', 'bant'],
    ],
  ];

describe('what a condition reads', () => {
  it.each(read)('%j', (given, keys, sections) => {
    const reads = listConditionReads(condition.parse(given));
    expect(reads.map(keyOfRead)).toEqual(keys);
    expect(reads.flatMap((one) => findSection(one) ?? [])).toEqual(sections);
  });

  it('is known for every kind of condition', () => {
    const covered = new Set(read.flatMap(([given]) => Object.keys(given)));
    expect(conditionFields.filter((field) => !covered.has(field))).toEqual([]);
  });
});
