import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freePort } from '../../soak/stack/free-port.ts';
import { killGroup, readTail } from '../command.ts';
import { setupFailed } from '../errors.ts';
import { projectRoot } from '../folders.ts';
import { pause } from '../interruption.ts';
import { listeningAddresses } from './listening.ts';
import { ensurePython } from './python.ts';

const startMs = 90_000;
const pollMs = 100;

export interface EmulatorProps {
  /** The folder for the log and everything that the emulator writes. */
  readonly folder: string;
  /** More variables for the emulator. Functions inherit all of them. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** An invented account on loopback. */
export interface Emulator {
  readonly endpoint: string;
  readonly logFile: string;
  /** The process group with the emulator and the functions that it has started. */
  readonly group: number;
  readonly stop: () => Promise<void>;
}

/**
 * Returns only the variables that the emulator needs: none of the environment's may reach functions, credentials of a
 * real account least of all.
 */
const buildEmulatorEnvironment = (
  port: number,
  { folder, environment }: EmulatorProps,
): Record<string, string> => {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  // The emulator unpacks functions below it, with a script that is no ES module, unlike those of this project.
  writeFileSync(join(temporary, 'package.json'), '{"type":"commonjs"}');
  return {
    // Functions run on the Node that the project pins, whatever the machine has.
    PATH: [join(projectRoot, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
    HOME: folder,
    TMPDIR: temporary,
    PYTHONUNBUFFERED: '1',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_HOST: '127.0.0.1',
    IOT_MTLS_ENABLED: '0',
    ...environment,
  };
};

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    return (await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
};

const untilUp = async (child: ChildProcess, endpoint: string, logFile: string): Promise<void> => {
  const deadline = Date.now() + startMs;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw setupFailed(`the emulator ended before it was up. ${readTail(logFile)}`);
    }
    if (Date.now() > deadline) {
      throw setupFailed(`the emulator was not up after ${startMs / 1_000} s. ${readTail(logFile)}`);
    }
    await pause(pollMs);
  }
};

/**
 * Checks that the emulator listens on loopback only. By default it listens on every address of the machine, and it
 * accepts any credentials.
 */
const assertOnLoopback = (group: number): void => {
  const addresses = listeningAddresses(group);
  const open = addresses.filter((address) => !address.startsWith('127.'));
  if (addresses.length === 0 || open.length > 0) {
    throw setupFailed(
      `the emulator listens on ${addresses.join(', ') || 'nothing'}; allowed is 127.0.0.1 only`,
    );
  }
};

/**
 * Starts the emulator on a free port. It ends with this process, however that ends.
 *
 * @throws EndToEndError `SETUP_FAILED` with nothing left running
 */
export const startEmulator = async (props: EmulatorProps): Promise<Emulator> => {
  const python = await ensurePython({
    what: 'the emulator',
    requirements: join(import.meta.dirname, 'requirements.txt'),
    logFile: join(props.folder, 'install.log'),
  });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const logFile = join(props.folder, 'emulator.log');
  const log = openSync(logFile, 'a');
  const child = spawn(python, [join(import.meta.dirname, 'guarded.py')], {
    cwd: props.folder,
    env: buildEmulatorEnvironment(port, props),
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const { pid: group = 0 } = child;
  const stop = async () => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    // Functions may still run if the emulator itself has ended.
    killGroup(group);
    await ended;
  };
  try {
    await once(child, 'spawn');
    await untilUp(child, endpoint, logFile);
    assertOnLoopback(group);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, logFile, group, stop };
};
