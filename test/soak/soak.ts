import type { Evidence, Finding } from '../invariants/evidence.ts';
import { checkInvariants } from '../invariants/index.ts';
import { gatherEvidence } from './evidence.ts';
import { type Sample, sampleStack } from './memory/samples.ts';
import type { SoakOptions } from './options.ts';
import { SentEvents } from './producer/sent-events.ts';
import { type Loaded, underLoad } from './producer/under-load.ts';
import { type Run, readTables, type Tables } from './run.ts';
import { createClients } from './stack/clients.ts';
import { countDeadLetters, describeStack } from './stack/description.ts';
import { drained } from './stack/drain.ts';
import { freePort } from './stack/free-port.ts';
import { type Life, SoakStack } from './stack/soak-stack.ts';
import { StackFailedError } from './stack/stack-process.ts';
import type { WorkFolder } from './work-folder.ts';

/** The results of a run. */
export interface Outcome extends Loaded {
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly options: SoakOptions;
  readonly sent: SentEvents;
  readonly lives: readonly Life[];
  /** Starts that were killed before the stack was up. */
  readonly killedStarts: number;
  readonly samples: readonly Sample[];
  /** The duration of the load, in milliseconds. */
  readonly loadMs: number;
  /** The time that the stack worked on after the load, in milliseconds. */
  readonly drainMs: number;
}

export interface SoakProps {
  readonly options: SoakOptions;
  readonly folder: WorkFolder;
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
  /** Called when all is at rest, before anything is checked; a test damages data there. */
  readonly beforeChecks?: (tables: Tables) => Promise<void>;
}

const drainPatienceMs = 300_000;

const notDrained: Finding = {
  invariant: 'I5',
  text: `the stack was still at work ${drainPatienceMs / 1_000} s after the load had ended`,
};

const leftover = (command: string): Finding => ({
  invariant: 'no process outlives the stack',
  text: `${command} was left over`,
});

/**
 * Reads the stored items and everything given up, when all is at rest. @throws StackFailedError if the stack does not
 * answer
 */
const inspect = async (run: Run): Promise<Pick<Outcome, 'evidence' | 'deadLetters'>> => {
  const description = await describeStack(run.stack.endpoint);
  if (description === undefined) throw new StackFailedError('the stack does not answer at rest');
  return { evidence: await gatherEvidence(run, description), deadLetters: countDeadLetters(description) };
};

const work = async (run: Run, { options, beforeChecks }: SoakProps): Promise<Outcome> => {
  const { stack, sent, signal, note, samples } = run;
  const beganAt = Date.now();
  const loaded = await underLoad(run);
  const loadMs = Date.now() - beganAt;
  note(`The load is over: ${sent.distinct} different events. Waiting until all is at rest …`);
  const isDrained = await drained(stack.endpoint, drainPatienceMs, signal);
  const drainMs = Date.now() - beganAt - loadMs;
  note('Checking what is stored …');
  await beforeChecks?.(readTables(run));
  const inspected = await inspect(run);
  await stack.stop();
  const left = stack.leftovers.map(leftover);
  const findings = [...(isDrained ? [] : [notDrained]), ...left, ...checkInvariants(inspected.evidence)];
  const { lives, killedStarts } = stack;
  const common = { options, sent, samples, lives, killedStarts, loadMs, drainMs };
  return { ...inspected, ...loaded, ...common, findings };
};

/** Samples the stack. Never resolves; rejects when the run is to end, or the stack has ended by itself. */
const watch = async ({ stack, samples, signal }: Run): Promise<never> => {
  await sampleStack(stack, samples, signal);
  signal.throwIfAborted();
  throw new Error('nobody watches the stack any more');
};

/**
 * Runs the stack under load, strikes it down again and again, and checks what it stored. Leaves no process behind, however it
 * ends.
 */
export const soak = async (props: SoakProps): Promise<Outcome> => {
  const { options, folder, note } = props;
  const stack = new SoakStack({ port: await freePort(), dataFolder: folder.data, logFile: folder.log });
  const clients = createClients(stack.endpoint);
  // If one part fails, all others have to stop as well.
  const ending = new AbortController();
  const signal = AbortSignal.any([props.signal, ending.signal]);
  const { disk } = folder;
  const run: Run = { options, stack, disk, clients, sent: new SentEvents(), samples: [], signal, note };
  try {
    await stack.start(signal);
    return await Promise.race([work(run, props), watch(run)]);
  } finally {
    ending.abort();
    await stack.abandon();
    clients.destroy();
  }
};
