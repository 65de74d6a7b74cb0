import {
  compileModel,
  type ModelDocument,
  read,
  readNumber,
  type ScoringModel,
  yes,
} from '../../scoring/index.ts';
import type { CriterionSource } from '../columns/sources.ts';
import type { Row } from '../types.ts';

type Rule = ScoringModel['dimensions'][number]['criteria'][number]['rule'];
type Reading = ReturnType<typeof read>;

/** The most times that a criterion which counts is looked at: beyond them, all are alike. */
const mostTimes = 20;

/** Returns the times after which a criterion that counts gives no more. */
export const capOf = (points: number, max: number): number =>
  Math.max(1, Math.min(mostTimes, Math.ceil(max / Math.max(Math.abs(points), 1e-9))));

/** The division of leads into bins by a rule, of which bin 0 gives no points. */
interface Division {
  readonly size: number;
  readonly order: CriterionSource['order'];
  readonly find: (reading: Reading) => number;
}

const divideTimes = (cap: number, count: (reading: Reading) => number): Division => ({
  size: cap + 1,
  order: { from: 0, means: Array.from({ length: cap + 1 }, (_, n) => n) },
  find: (reading) => Math.max(0, Math.min(cap, Math.floor(count(reading)))),
});

const divideBands = ({ bands, readValue }: Extract<Rule, { kind: 'bands' }>): Division => ({
  size: bands.length + 1,
  order: { from: 1, means: [0, ...bands.map(({ from }) => from).toReversed()] },
  find: (reading) => {
    const number = readNumber(readValue(reading));
    const index = number === undefined ? -1 : bands.findIndex(({ from }) => number >= from);
    return index < 0 ? 0 : bands.length - index;
  },
});

const divideTable = ({ entries, findEntry, readValue }: Extract<Rule, { kind: 'table' }>): Division => ({
  size: entries.length + 2,
  order: undefined,
  find: (reading) => {
    const value = readValue(reading);
    if (value === undefined || value === null) return 0;
    const entry = findEntry(value);
    return entry === undefined ? entries.length + 1 : entries.indexOf(entry) + 1;
  },
});

const divide = (rule: Rule): Division => {
  switch (rule.kind) {
    case 'condition':
      return { size: 2, order: undefined, find: (reading) => (rule.test(reading) === yes ? 1 : 0) };
    case 'bands':
      return divideBands(rule);
    case 'table':
      return divideTable(rule);
    case 'each':
      return divideTimes(capOf(rule.points, Math.max(rule.most, -rule.least)), rule.count);
    case 'eachAnswer':
      return divideTimes(
        capOf(rule.points, Math.max(rule.most, -rule.least)),
        ({ found }) => found[rule.flag],
      );
    default:
      return rule satisfies never;
  }
};

/** Reads the criteria of a model in use: how each divides the rows. Points that became fewer with age count in full. */
export const readCriteria = (base: ModelDocument, rows: readonly Row[]): CriterionSource[] => {
  const model = compileModel(base);
  const divided = model.dimensions.flatMap(({ id: dimension, criteria }) =>
    criteria.map(({ id, rule }) => {
      const { size, order, find } = divide(rule);
      return { dimension, id, size, order, find, bins: new Uint16Array(rows.length) };
    }),
  );
  for (const [i, { facts, at }] of rows.entries()) {
    const reading = read(model, facts, at);
    for (const { bins, find } of divided) bins[i] = find(reading);
  }
  return divided.map(({ dimension, id, size, order, bins }) => ({
    kind: 'criterion',
    field: { kind: 'attribute', name: id, as: 'values' },
    dimension,
    size,
    order,
    bins,
  }));
};
