import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeSample } from './sample/sample.ts';

/**
 * Writes the sample stream that comes with Sluice: four months of an invented company's leads, one bus event a line, in
 * the order in which a stream would bring them. Everything follows from one seed, so the file is the same on every run.
 * `--check` writes nothing and fails if the file on disk differs.
 */

export const sampleFile = 'cli/sample/events.jsonl';

export const renderSample = (): string =>
  makeSample()
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');

const main = async (args: readonly string[]): Promise<number> => {
  const file = join(import.meta.dirname, '..', sampleFile);
  const unknown = args.filter((arg) => arg !== '--check');
  if (unknown.length > 0) {
    console.error(`given ${unknown.join(' ')}; allowed: --check`);
    return 2;
  }
  const rendered = renderSample();
  if (!args.includes('--check')) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, rendered);
    console.log(`${sampleFile}: ${rendered.split('\n').length - 1} events`);
    return 0;
  }
  if ((await readFile(file, 'utf8').catch(() => '')) === rendered) return 0;
  console.error(`stale: ${sampleFile}; run \`node scripts/make-sample.ts\` and commit what it writes.`);
  return 1;
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
