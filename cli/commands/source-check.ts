import type { Command } from 'commander';
import { showProblem } from '../../events/index.ts';
import { findSources } from '../../shared/source-documents/index.ts';
import { print, printJson } from '../output/print.ts';
import { defaultSourcesFolder } from '../source/read-source.ts';
import { formatCount } from '../text/format-count.ts';

interface CheckOptions {
  readonly sources: string;
  readonly json?: true;
}

const check = ({ sources: folder, json }: CheckOptions): void => {
  const { sources, problems } = findSources(folder);
  const names = sources.map(({ name }) => name);
  if (json) printJson({ sources: names, problems });
  else {
    const found = names.length === 0 ? '' : `: ${names.join(', ')}`;
    print([
      ...problems.map((problem) => `error ${showProblem(problem)}`),
      `${formatCount(problems.length, 'error')}; ${formatCount(names.length, 'source')} can be used${found}`,
    ]);
  }
  if (problems.length > 0) process.exitCode = 1;
};

export const addSourceCheck = (source: Command): void => {
  source
    .command('check')
    .description('report everything that is wrong with source documents; the exit code is 1 if anything is')
    .option('--sources <folder>', 'the folder of the source documents', defaultSourcesFolder)
    .option('--json', 'print the names and the problems as one JSON object')
    .action((options: CheckOptions) => check(options));
};
