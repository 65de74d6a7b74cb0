/** The number of histories that each property is tested with. */
export const propertyRuns = 1_000;

/**
 * The seed of the properties: a new one each run, and printed, so that the tests look at something new every time and
 * any failure can be repeated with `SEED=… npm test`.
 */
export const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

let printed = false;

export const seeded = () => {
  if (!printed)
    console.log(`properties: seed ${seed}, ${propertyRuns} histories each; SEED=${seed} repeats them`);
  printed = true;
  return { seed, numRuns: propertyRuns };
};
