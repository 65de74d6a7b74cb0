import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckedModel, checkModel, evaluate, modelDocument } from '../../../shared/scoring/index.ts';
import { readModelFile } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';
import { wholeDocument } from './check-document.ts';
import { at, randomFacts } from './check-random.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const originals = [readModelFile('success-ready'), readModelFile('bant'), wholeDocument()] as Json[];

const isObject = (value: Json | undefined): value is { [name: string]: Json } | Json[] =>
  typeof value === 'object' && value !== null;

/** Every object and list within a document. */
const listHolders = (value: Json): ({ [name: string]: Json } | Json[])[] =>
  isObject(value) ? [value, ...Object.values(value).flatMap(listHolders)] : [];

interface Mutation {
  readonly kind: 'drop' | 'replace' | 'rename' | 'double' | 'swap' | 'borrow';
  readonly where: number;
  readonly which: number;
  readonly from: number;
  readonly value: Json;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('drop', 'replace', 'rename', 'double', 'swap', 'borrow'),
  where: fc.nat(),
  which: fc.nat(),
  from: fc.nat(),
  value: fc.oneof(
    fc.constantFrom<Json>(null, 0, -1, 1e308, 0.1, '', 'none', 'budget', true, [], {}, { all: [] }),
    fc.string({ maxLength: 8 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
});

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Changes a document in one place: what is borrowed or swapped is mostly well-formed, only not there. */
const mutate = (document: Json, { kind, where, which, from, value }: Mutation): void => {
  const holders = listHolders(document);
  const holder = pick(holders, where) as { [name: string]: Json };
  const names = Object.keys(holder);
  const name = names.length === 0 ? 'x' : pick(names, which);
  const lender = pick(holders, from);
  const lent = pick([...Object.values(lender), lender], which);
  const given = structuredClone(holder[name] ?? null);
  if (kind === 'drop') delete holder[name];
  else if (kind === 'replace') holder[name] = value;
  else if (kind === 'rename') {
    delete holder[name];
    holder[`${name}s`] = given;
  } else if (kind === 'double' && Array.isArray(holder)) holder.push(given);
  else if (kind === 'swap') {
    const other = pick(names.length === 0 ? ['x'] : names, from);
    holder[name] = structuredClone(holder[other] ?? null);
    holder[other] = given;
  } else holder[name] = structuredClone(lent);
};

const mutated = fc
  .tuple(fc.nat(), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([which, each]) => {
    const document = structuredClone(pick(originals, which));
    for (const one of each) mutate(document, one);
    return document;
  });

const leads = fc.sample(randomFacts, { numRuns: 20, seed: 3 });

/** Whether every finding has a path, the value given, and what is allowed. */
const isComplete = (checked: CheckedModel): boolean => {
  const findings = [...(checked.ok ? [] : checked.problems), ...checked.warnings];
  return findings.every(({ path, given, allowed }) => path !== '' && given !== '' && allowed !== '');
};

describe('a model that was changed at random', () => {
  it('is used or refused, and never throws; what is used gives scores', () => {
    let used = 0;
    fc.assert(
      fc.property(mutated, (document) => {
        const checked = checkModel(document);
        expect(isComplete(checked)).toBe(true);
        if (!checked.ok) {
          expect(checked.problems.length).toBeGreaterThan(0);
          return;
        }
        used++;
        for (const facts of leads) {
          const { score, coverage } = evaluate(checked.model, facts, 'mql', at);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          expect(coverage).toBeGreaterThanOrEqual(0);
          expect(coverage).toBeLessThanOrEqual(1);
        }
      }),
      { ...seeded(), numRuns: 400 },
    );
    expect(used).toBeGreaterThan(0);
  });

  it('is used only where the schema takes it', () => {
    fc.assert(
      fc.property(mutated, (document) => {
        if (checkModel(document).ok) expect(modelDocument.safeParse(document).success).toBe(true);
      }),
      { ...seeded(), numRuns: 100 },
    );
  });

  it('says the same of the same document', () => {
    fc.assert(
      fc.property(mutated, (document) => {
        const words = ({ ok, ...checked }: CheckedModel) => [
          ok,
          checked.warnings,
          'problems' in checked && checked.problems,
        ];
        expect(words(checkModel(structuredClone(document)))).toEqual(words(checkModel(document)));
      }),
      { ...seeded(), numRuns: 60 },
    );
  });
});
