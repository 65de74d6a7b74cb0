import { readFile } from 'node:fs/promises';
import { isObject } from '../../events/index.ts';
import { orMeant } from '../../shared/suggest/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { note } from '../output/print.ts';

/** The outputs of all stacks by name: the names and URLs of tables, queues, buckets and functions. */
export type Outputs = Readonly<Record<string, string>>;

/** The file to which `npm run deploy` writes the outputs. */
export const defaultOutputsFile = 'cdk-outputs.json';

interface Description {
  readonly name?: string;
  readonly outputs?: Outputs;
  /** The instant at which the clock of the stack stands, if it isn't the system's. */
  readonly now?: string;
}

/** The outputs of a stack, and its clock. */
export interface StackDescription {
  readonly outputs: Outputs;
  /** Returns the instant of the stack's clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** Returns the clock of a stack as it was when the stack told it: it may be later since, and is never earlier. */
const readClock = ({ now }: Description): (() => number) => {
  if (now === undefined) return Date.now;
  const instant = Date.parse(now);
  return () => instant;
};

/**
 * Reads the outputs and the clock of a local stack.
 *
 * @throws CliError `NO_STACK` if no Sluice stack answers at the endpoint
 */
export const readLocalStack = async (endpoint: string): Promise<StackDescription> => {
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
  if (description?.name === 'sluice' && description.outputs !== undefined)
    return { outputs: description.outputs, now: readClock(description) };
  throw new CliError(
    'NO_STACK',
    `the server at ${endpoint} is not a Sluice stack of this version; name another with --endpoint`,
  );
};

const unreadable = (file: string, why: string, cause?: unknown): CliError =>
  new CliError(
    'OUTPUTS_UNREADABLE',
    `the outputs file ${file} can't be read: ${why}; \`npm run deploy\` writes it, and --outputs names another`,
    { cause },
  );

/**
 * Returns the deployment that a stack belongs to.
 *
 * @example parseDeployment('Sluice-prod-Stateful') // 'Sluice-prod'
 */
const parseDeployment = (stack: string): string => stack.replace(/-[^-]*$/, '');

/**
 * Returns the deployment that was chosen, or the only one whose outputs a file has.
 *
 * @throws UsageError if the file doesn't have the chosen one
 * @throws CliError if there are several and none was chosen: a command might then change prod though dev was meant
 */
const findDeployment = (
  file: string,
  stacks: readonly string[],
  chosen: string | undefined,
): string | undefined => {
  const deployments = [...new Set(stacks.map(parseDeployment))];
  const [only, ...others] = deployments;
  const all = deployments.join(', ') || 'none';
  if (chosen !== undefined) {
    if (deployments.includes(chosen)) return chosen;
    throw new UsageError(
      `--deployment: given ${chosen}; allowed: ${orMeant(`those in ${file}, which are ${all}`, chosen, deployments)}`,
    );
  }
  if (others.length === 0) return only;
  throw new CliError(
    'DEPLOYMENT_UNCLEAR',
    `the outputs file ${file} has the outputs of several deployments: ${all}; choose one with --deployment`,
  );
};

/** Parses a file with the outputs of each stack by the name of the stack. */
const parseOutputs = (file: string, text: string, chosen: string | undefined): Outputs => {
  let stacks: unknown;
  try {
    stacks = JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, 'it is not JSON', cause);
  }
  if (!isObject(stacks) || !Object.values(stacks).every(isObject))
    throw unreadable(file, 'it does not have the outputs of stacks by the names of the stacks');
  // Shows which deployment of the account the command works on, before anything is done.
  const deployment = findDeployment(file, Object.keys(stacks), chosen);
  const flat = Object.entries(stacks)
    .filter(([stack]) => parseDeployment(stack) === deployment)
    .flatMap(([, outputs]) => Object.entries(outputs as object));
  const outputs: Outputs = Object.fromEntries(flat.map(([name, value]) => [name, String(value)]));
  const where = outputs.Region === undefined ? '' : ` in ${outputs.Region}`;
  if (deployment !== undefined) note(`Deployment: ${deployment}${where} (from ${file})`);
  return outputs;
};

/**
 * Reads the outputs that `npm run deploy` wrote. Without a name it reads the default file, and returns no outputs if
 * there is none.
 *
 * @param chosen the deployment, such as `Sluice-prod`, if the file may have several
 * @throws CliError `OUTPUTS_UNREADABLE`, `DEPLOYMENT_UNCLEAR`
 */
export const readDeployedOutputs = async (named?: string, chosen?: string): Promise<Outputs> => {
  const file = named ?? defaultOutputsFile;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing && named === undefined && chosen === undefined) return {};
    throw unreadable(file, missing ? 'there is no such file' : String((cause as Error).message), cause);
  }
  return parseOutputs(file, text, chosen);
};
