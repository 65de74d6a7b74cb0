import { describe, expect, it } from 'vitest';
import { integrationSafeguards } from './safeguards/integration-safeguards.ts';
import { modelSafeguards } from './safeguards/model-safeguards.ts';
import { type Safeguard, safeguards } from './safeguards/safeguards.ts';
import { timeSafeguards } from './safeguards/time-safeguards.ts';
import { type Outcome, simulate } from './simulate.ts';

const mostSeeds = 400;

/** Returns the outcome of the first seed on which one of the expected invariants finds that a safeguard is missing. */
const firstCatch = async ({ sabotage, caughtBy, worlds }: Safeguard): Promise<Outcome | undefined> => {
  for (let seed = 1; seed <= mostSeeds; seed++) {
    const outcome = await simulate(seed, { sabotage: sabotage(), plan: worlds });
    if (outcome.findings.some(({ invariant }) => caughtBy.includes(invariant))) return outcome;
  }
  return undefined;
};

describe('a safeguard that is switched off', () => {
  it.each([...safeguards, ...timeSafeguards, ...integrationSafeguards, ...modelSafeguards])(
    'is missed: $name',
    { timeout: 1_200_000 },
    async (safeguard) => {
      const { findings = [], seed } = (await firstCatch(safeguard)) ?? {};
      const caughtBy = [...new Set(findings.map(({ invariant }) => invariant))];
      expect(caughtBy, `seed ${seed}`).toContainEqual(
        expect.stringMatching(new RegExp(`^(${safeguard.caughtBy.join('|')})$`)),
      );
    },
  );
});
