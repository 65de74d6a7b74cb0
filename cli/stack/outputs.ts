import { readFile } from 'node:fs/promises';
import { isObject } from '../../events/index.ts';
import { CliError } from '../errors.ts';
import { note } from '../text/note.ts';

/** Outputs of all stacks by name: where tables, queues, buckets and functions are. */
export type Outputs = Readonly<Record<string, string>>;

/** Where `npm run deploy` writes what the stacks tell. */
export const defaultOutputsFile = 'cdk-outputs.json';

interface Description {
  readonly name?: string;
  readonly outputs?: Outputs;
}

/** @throws CliError `NO_STACK` */
export const localOutputs = async (endpoint: string): Promise<Outputs> => {
  let description: Description | null;
  try {
    const answer = await fetch(endpoint, { signal: AbortSignal.timeout(5_000) });
    description = (await answer.json()) as Description | null;
  } catch (cause) {
    throw new CliError(
      'NO_STACK',
      `no local stack answers at ${endpoint}; start one with \`npm start\`, or name another with --endpoint`,
      { cause },
    );
  }
  if (description?.name === 'sluice' && description.outputs !== undefined) return description.outputs;
  throw new CliError(
    'NO_STACK',
    `what answers at ${endpoint} is no Sluice stack of this version; name another with --endpoint`,
  );
};

const unreadable = (file: string, why: string, cause?: unknown): CliError =>
  new CliError(
    'OUTPUTS_UNREADABLE',
    `the outputs file ${file} can't be read: ${why}; \`npm run deploy\` writes it, and --outputs names another`,
    { cause },
  );

/** `Sluice-prod` of `Sluice-prod-Stateful`. */
const deploymentOf = (stack: string): string => stack.replace(/-[^-]*$/, '');

/** Of several deployments the last would be taken without a word: prod, say, where dev was meant. */
const theDeploymentIn = (file: string, stacks: readonly string[]): string | undefined => {
  const deployments = [...new Set(stacks.map(deploymentOf))];
  const [only, ...others] = deployments;
  if (others.length === 0) return only;
  throw unreadable(file, `it holds several deployments: ${deployments.join(', ')}`);
};

/** The file has the outputs of each stack by the stack's name. */
const parseOutputs = (file: string, text: string): Outputs => {
  let stacks: unknown;
  try {
    stacks = JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, 'it is not JSON', cause);
  }
  if (!isObject(stacks) || !Object.values(stacks).every(isObject))
    throw unreadable(file, 'it does not hold the outputs of stacks, by the names of the stacks');
  // Who works on an account should see on which of its deployments, before anything is done.
  const deployment = theDeploymentIn(file, Object.keys(stacks));
  if (deployment !== undefined) note(`On ${deployment}, as ${file} says.`);
  const flat = Object.values(stacks).flatMap((outputs) => Object.entries(outputs as object));
  return Object.fromEntries(flat.map(([name, value]) => [name, String(value)]));
};

/**
 * What `cdk deploy --outputs-file` wrote. Without a name it is the default file, and nothing where that isn't there.
 *
 * @throws CliError `OUTPUTS_UNREADABLE`
 */
export const deployedOutputs = async (named?: string): Promise<Outputs> => {
  const file = named ?? defaultOutputsFile;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing && named === undefined) return {};
    throw unreadable(file, missing ? 'there is no such file' : String((cause as Error).message), cause);
  }
  return parseOutputs(file, text);
};
