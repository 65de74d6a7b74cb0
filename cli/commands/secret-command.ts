import { type Command, Option } from 'commander';
import { showValue } from '../../events/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { verbatim } from '../output/line.ts';
import { note, print } from '../output/print.ts';
import { readLiveSecrets, setSecret, withdrawSecret } from '../secrets/change-secret.ts';
import { checkSecret } from '../secrets/check-secret.ts';
import { generateSecret } from '../secrets/generate-secret.ts';
import { readSecretInput } from '../secrets/read-input.ts';
import type { SecretUse } from '../secrets/secret-use.ts';
import type { StoredSecretsProps } from '../secrets/stored-secrets.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { withConnectionOptions } from './connection.ts';

interface SecretOptions extends ConnectOptions {
  readonly show?: true;
  readonly set?: true;
  readonly generate?: true;
  readonly withdraw?: true;
}

/** The secrets that a command is about. */
export interface SecretCommandProps {
  /** The words before the name: `sluice source secret`. */
  readonly command: string;
  readonly description: string;
  /**
   * The option that names the folder of documents; the output by which a local stack names its own, which counts without
   * the option; and the folder of other stacks.
   */
  readonly folder: {
    readonly flag: string;
    readonly about: string;
    readonly output: string;
    readonly otherwise: string;
  };
  /** The output of the stack that names the secret of Secrets Manager. */
  readonly output: string;
  /** Lists the secrets that the documents of a folder name. */
  readonly list: (folder: string) => readonly SecretUse[];
}

const findUse = ({ list, folder: { flag } }: SecretCommandProps, name: string, folder: string): SecretUse => {
  const uses = list(folder);
  const found = uses.find((use) => use.name === name);
  if (found !== undefined) return found;
  const allowed = uses.map((use) => use.name).join(', ') || 'none';
  throw new UsageError(
    `name: given ${showValue(name)}; allowed: ${allowed}, the secrets that the documents of ${folder} name; ${flag} ` +
      'names another folder',
  );
};

const assertOneAction = ({ show, set, generate, withdraw, endpoint }: SecretOptions): void => {
  const given = Object.entries({ show, set, generate, withdraw }).filter(([, value]) => value);
  if (given.length > 1)
    throw new UsageError(`given ${given.map(([name]) => `--${name}`).join(' and ')}; allowed: one of them`);
  if (show && endpoint === 'aws')
    throw new UsageError(
      '--show: given with --endpoint aws; allowed with a local stack. Secrets Manager shows it to whoever may read it',
    );
};

const soon = 'Functions know it within five minutes.';

const tell = (name: string, live: number, { command }: SecretCommandProps): string[] =>
  live > 1
    ? [
        `${name}: the new secret is live, and so is the one before it. ${soon}`,
        `Once nobody uses that: ${command} ${name} --withdraw`,
      ]
    : [`${name}: the secret is live. ${soon}`];

const show = async (stored: StoredSecretsProps, name: string, { command }: SecretCommandProps) => {
  const [newest, older] = await readLiveSecrets(stored, name);
  if (newest === undefined)
    throw new CliError('NO_SECRET', `${name} has no secret; make one: ${command} ${name} --generate`);
  print(verbatim(newest));
  if (older !== undefined)
    note(`The one before it is live as well, until \`${command} ${name} --withdraw\`.`);
};

const summarize = async (stored: StoredSecretsProps, name: string, { command }: SecretCommandProps) => {
  const { length } = await readLiveSecrets(stored, name);
  const states = [
    `${name} has no secret. Set one from standard input: ${command} ${name} --set`,
    `${name} has one secret.`,
    `${name} has two secrets: the newer, and the one before it until \`${command} ${name} --withdraw\`.`,
  ];
  print(states[length] ?? `${name} has ${length} secrets; allowed: one or two.`);
};

const act = async (
  props: SecretCommandProps,
  { name, form }: SecretUse,
  options: SecretOptions,
  stored: StoredSecretsProps,
): Promise<void> => {
  if (options.show) return show(stored, name, props);
  if (options.withdraw) {
    await withdrawSecret(stored, name);
    return print(`${name}: the older secret is withdrawn. Functions forget it within five minutes.`);
  }
  if (options.set) {
    const given = await readSecretInput();
    checkSecret(given, form);
    return note(tell(name, await setSecret(stored, name, given), props));
  }
  if (!options.generate) return summarize(stored, name, props);
  const secret = generateSecret(form);
  const live = await setSecret(stored, name, secret);
  print(verbatim(secret));
  note(tell(name, live, props));
};

/** Adds a command `secret` that sets, replaces and withdraws the secrets of sources or of targets. */
export const addSecretCommand = (parent: Command, props: SecretCommandProps): void => {
  const { flag, about, output: folderOutput, otherwise } = props.folder;
  withConnectionOptions(
    parent
      .command('secret <name>')
      .description(props.description)
      .addOption(new Option(`${flag} <folder>`, about))
      .option('--set', 'read a secret from standard input; the one before it stays live')
      .option('--generate', 'make a random secret and print it; the one before it stays live')
      .option('--withdraw', 'remove the older of two secrets')
      .option('--show', 'print the newest secret of a local stack, and nothing else'),
  ).action(async (name: string, given: SecretOptions & Record<string, unknown>) => {
    assertOneAction(given);
    await withConnection(given, async ({ secretsManager, output, outputs }) => {
      // A local stack knows its folder. A deployment has only what was made of the documents.
      const folder = (given[flag.replace(/^--/, '')] as string | undefined) ?? outputs[folderOutput];
      const use = findUse(props, name, folder ?? otherwise);
      await act(props, use, given, { client: await secretsManager(), secretId: output(props.output) });
    });
  });
};
