/** How many histories each property is held against. */
export const propertyRuns = 1_000;

/**
 * A new seed each run, printed, so that the tests look at something new every time and any failure can be run again
 * with `SEED=… npm test`.
 */
export const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

let printed = false;

export const seeded = () => {
  if (!printed)
    console.log(`properties: seed ${seed}, ${propertyRuns} histories each; SEED=${seed} repeats them`);
  printed = true;
  return { seed, numRuns: propertyRuns };
};
