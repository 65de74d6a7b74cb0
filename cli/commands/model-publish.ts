import type { Command } from 'commander';
import { checkNamed } from '../model/check-named.ts';
import { withRegistry } from '../model/open-registry.ts';
import { print, printJson } from '../output/print.ts';
import { type AuthorOptions, authorOf, withAuthor } from './model-author.ts';

interface PublishOptions extends AuthorOptions {
  readonly json?: true;
}

const publish = (file: string, options: PublishOptions): Promise<void> =>
  withRegistry(options, async (registry, connection) => {
    const { version, document } = await checkNamed(file, connection);
    const entry = await registry.publish(document, authorOf(options));
    if (options.json) return printJson({ modelVersion: version, published: entry !== undefined });
    if (entry === undefined)
      return print(`${version} is published already, with this document. Nothing has changed.`);
    const active = (await registry.readPointer())?.active;
    return print([
      `Published ${version}. No lead is judged by it yet.`,
      ...(active === undefined
        ? []
        : [
            `What differs from the active model: \`sluice model diff ${active} ${version}\``,
            `Who would move: \`sluice model compare ${active} ${version}\``,
          ]),
      `To judge by it: \`sluice model activate ${version} --reason TEXT\``,
    ]);
  });

/** Adds the command that publishes a model. */
export const addModelPublish = (model: Command): void => {
  withAuthor(
    model
      .command('publish')
      .description('check a model and store it under its version, for good; no lead is judged by it yet')
      .argument('<file>', 'a scoring model')
      .option('--json', 'print one JSON object, and nothing else'),
  ).action(publish);
};
