import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activatedAt, createRescoringWorld } from '../support/rescoring-world.ts';
import { seeded } from '../support/seed.ts';

const plans = fc.record({
  leads: fc.integer({ min: 0, max: 30 }),
  judged: fc.integer({ min: 0, max: 30 }),
  segments: fc.integer({ min: 1, max: 4 }),
  pageItems: fc.integer({ min: 1, max: 9 }),
  writeUnitsPerSecond: fc.constantFrom(20, 500, 40_000),
  knownAfterMs: fc.constantFrom(0, 10_000, 59_000),
  poison: fc.uniqueArray(fc.nat(29), { maxLength: 3 }),
  crashes: fc.array(fc.boolean(), { minLength: 0, maxLength: 60 }),
  twice: fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
  /** When another model is activated, in milliseconds after the first; undefined if none is. */
  again: fc.option(fc.integer({ min: 0, max: 180_000 }), { nil: undefined }),
});

const hours = 12 * 60 * 60_000;

describe('rescoring with crashes at any await', () => {
  it('I11: always ends, and every lead that can be judged is judged by the active model', () =>
    fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const ids = Array.from({ length: plan.leads }, (_, i) => `l-${i}`);
        const poison = new Set(plan.poison.map((i) => `l-${i}`));
        let awaits = 0;
        let messages = 0;
        const world = createRescoringWorld({
          leads: Object.fromEntries(ids.map((id, i) => [id, i < plan.judged ? 'm@2' : 'm@1'])),
          job: { segments: plan.segments, writeUnitsPerSecond: plan.writeUnitsPerSecond },
          pageItems: plan.pageItems,
          poison,
          crashes: () => plan.crashes[awaits++] ?? false,
          comesTwice: () => plan.twice[messages++ % plan.twice.length] ?? false,
          knownAt: activatedAt + plan.knownAfterMs,
        });
        world.wake();
        let active = 'm@2';
        if (plan.again !== undefined) {
          await world.runUntil(activatedAt + plan.again);
          active = 'm@3';
          world.putJob({ revision: 8, modelVersion: active, segments: plan.segments });
        }
        expect(await world.runUntil(activatedAt + hours)).toBe(true);
        const judgeable = Object.entries(world.models()).filter(([id]) => !poison.has(id));
        expect(judgeable.map(([, model]) => model)).toEqual(judgeable.map(() => active));
        const left = Object.values(world.models()).filter((model) => model !== active).length;
        expect((await world.rescoring())?.job).toMatchObject({ status: 'done', modelVersion: active, left });
      }),
      { ...seeded(), numRuns: 100 },
    ));
});
