import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Role, roles } from '../../events/api/index.ts';
import { nameSchema } from '../../events/index.ts';
import { verbatim } from '../output/line.ts';
import { print } from '../output/print.ts';
import { askToken } from '../token/ask-token.ts';
import { withEndpointOption } from './connection.ts';
import { wholeNumber } from './options.ts';

interface TokenOptions {
  readonly endpoint: string;
  readonly role: Role;
  readonly subject: string;
  readonly queue?: readonly string[];
  readonly hours: number;
}

const subject = (given: string): string => {
  if (given.trim() !== '' && given.length <= 128) return given;
  throw new InvalidArgumentError(`given ${JSON.stringify(given)}; allowed: 1 to 128 characters`);
};

const collectQueues = (given: string, before: readonly string[] = []): readonly string[] => {
  if (!nameSchema.safeParse(given).success)
    throw new InvalidArgumentError(
      `given ${JSON.stringify(given)}; allowed: the name of a queue, such as sales`,
    );
  return [...before, given];
};

export const addToken = (program: Command): void => {
  withEndpointOption(
    program
      .command('token')
      .description('print a token for the API of a local stack, and nothing else')
      .addOption(
        new Option('--role <role>', 'what the person may do').choices(roles).default('viewer' satisfies Role),
      )
      .option(
        '--subject <name>',
        'the person, who answers hand-offs under this name',
        subject,
        'jane@example.com',
      )
      .option(
        '--queue <name>',
        'a queue whose hand-offs the person may answer; may be given several times',
        collectQueues,
      )
      .option('--hours <number>', 'the time for which it is valid', wholeNumber(1, 8_760), 12),
  ).action(async ({ endpoint, role, subject, queue: queues = [], hours }: TokenOptions) =>
    print(verbatim(await askToken(endpoint, { role, subject, queues, hours }))),
  );
};
