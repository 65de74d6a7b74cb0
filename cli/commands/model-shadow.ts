import type { Command } from 'commander';
import { withRegistry } from '../model/open-registry.ts';
import { print, printJson } from '../output/print.ts';
import { type AuthorOptions, authorOf, withAuthor } from './model-author.ts';

interface ShadowOptions extends AuthorOptions {
  readonly json?: true;
}

/** The word in place of a version that ends a shadow. */
const off = 'off';

const shadow = (given: string, options: ShadowOptions): Promise<void> =>
  withRegistry(options, async (registry) => {
    const version = given === off ? undefined : given;
    const entry = await registry.shadow(version, authorOf(options));
    if (options.json) return printJson(entry);
    if (version === undefined) return print(`${entry.modelVersion} is no shadow model any more.`);
    return print([
      `Leads are scored by ${version} as well, each when it is judged next. Nothing is announced of it.`,
      'To compare the two: `sluice model compare --shadow`',
      'To end it: `sluice model shadow off --reason TEXT`',
    ]);
  });

/** Adds the command that scores leads by a second model. */
export const addModelShadow = (model: Command): void => {
  withAuthor(
    model
      .command('shadow')
      .description('score leads by a second published model as well, which starts nothing; off ends it')
      .argument('<version>', `a published model, such as success-ready@5, or ${off}`)
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(shadow);
};
