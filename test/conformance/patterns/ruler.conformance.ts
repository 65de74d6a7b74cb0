import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalStackError } from '../../../infra/local/errors.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';
import { seed } from '../../support/seed.ts';
import { whyNoJava } from '../java/tools.ts';
import { type Ruler, startRuler, type Verdicts } from '../ruler/ruler.ts';
import { knownDifferences } from './known-differences.ts';
import { oneByOne } from './one-by-one.ts';
import { filterPatterns, rulePatterns, sampleEvents } from './own-patterns.ts';
import { buildEvent } from './random-events.ts';
import { pattern } from './random-patterns.ts';

const reason = whyNoJava();
if (reason !== undefined) console.log(`AWS's matcher is not asked: ${reason}`);

const ourVerdicts = (given: unknown, events: readonly unknown[]): Verdicts => {
  try {
    return events.map(compilePattern(given));
  } catch (error) {
    if (error instanceof LocalStackError && error.code === 'PATTERN_INVALID') return undefined;
    throw error;
  }
};

const runs = Number(process.env.RUNS ?? 10_000);
const eventsEach = 5;
const counts = { patterns: 0, refused: 0, pairs: 0, matches: 0, contradictions: 0 };

const count = (verdicts: Verdicts): void => {
  counts.patterns += 1;
  if (verdicts === undefined) counts.refused += 1;
  counts.pairs += verdicts?.length ?? 0;
  counts.matches += verdicts?.filter(Boolean).length ?? 0;
};

/**
 * Returns the verdicts of AWS's matcher, if they are consistent. Alternatives of a field that it accepts one by one
 * sometimes affect each other in one list: version 2.1.0 misses a text beside a range of numbers, and accepts any text
 * for a wildcard beside `equals-ignore-case`. Then the verdicts on the alternatives one by one count.
 */
const settled = async (
  ruler: Ruler,
  given: Record<string, unknown>,
  events: readonly unknown[],
): Promise<Verdicts> => {
  const ours = ourVerdicts(given, events);
  const first = await ruler.ask(given, events);
  if (ours === undefined || first === undefined || isDeepStrictEqual(ours, first)) return first;
  const alternatives = oneByOne(given);
  if (alternatives === undefined) return first;
  const each = await Promise.all(alternatives.map((one) => ruler.ask(one, events)));
  const verdicts = events.map((_, index) => each.some((answers) => answers?.[index] === true));
  counts.contradictions += verdicts.filter((verdict, index) => verdict !== first[index]).length;
  return verdicts;
};

describe.skipIf(reason !== undefined)("the pattern matcher and AWS's own", () => {
  let ruler: Ruler;
  beforeAll(async () => {
    ruler = await startRuler();
  });
  afterAll(() => ruler?.stop());

  it('agree on generated patterns and events', async () => {
    const given = pattern.chain((one) =>
      fc.tuple(fc.constant(one), fc.array(buildEvent(one), { minLength: eventsEach, maxLength: eventsEach })),
    );
    await fc.assert(
      fc.asyncProperty(given, async ([one, events]) => {
        const verdicts = await settled(ruler, one, events);
        count(verdicts);
        expect(ourVerdicts(one, events)).toEqual(verdicts);
      }),
      { seed, numRuns: runs },
    );
    const { patterns, refused, pairs, matches, contradictions } = counts;
    const share = Math.round((100 * matches) / pairs);
    console.log(
      `${ruler.version}, seed ${seed}: ${patterns} patterns, ${refused} refused; ${pairs} pairs, ${share} % match, ` +
        `${contradictions} on which AWS's matcher contradicts itself`,
    );
    expect(pairs).toBeGreaterThanOrEqual(10_000);
    expect(share).toBeGreaterThan(25);
    expect(share).toBeLessThan(75);
    expect(contradictions).toBeLessThan(pairs / 100);
  });

  it.each(knownDifferences)('differ still: $what', async ({ pattern: one, event, ruler: theirs, ours }) => {
    expect({ theirs: await ruler.ask(one, [event]), ours: ourVerdicts(one, [event]) }).toEqual({
      theirs,
      ours,
    });
  });

  it.each(rulePatterns)('agree on the rule $id and every type of event', async ({ pattern: own }) => {
    const verdicts = await ruler.ask(own, sampleEvents);
    expect(ourVerdicts(own, sampleEvents)).toEqual(verdicts);
    expect(verdicts).toContain(true);
  });

  it.each([...rulePatterns, ...filterPatterns])(
    'agree on $id and events made for it',
    async ({ pattern: own }) => {
      const events = fc.sample(buildEvent(own), { seed, numRuns: 500 });
      const verdicts = await ruler.ask(own, events);
      expect(ourVerdicts(own, events)).toEqual(verdicts);
      expect(verdicts).toContain(true);
      expect(verdicts).toContain(false);
    },
  );
});
