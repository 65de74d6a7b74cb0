import { runSeeds } from './cli/many-seeds.ts';
import { replaySeed } from './cli/one-seed.ts';
import { OptionError, readOptions, usage } from './cli/options.ts';

try {
  const options = readOptions(process.argv.slice(2));
  const holds = options.seed === undefined ? await runSeeds(options) : await replaySeed(options.seed);
  process.exitCode = holds ? 0 : 1;
} catch (error) {
  if (!(error instanceof OptionError) && !(error instanceof TypeError && 'code' in error)) throw error;
  console.error(`${error.message}\n${usage}`);
  process.exitCode = 2;
}
