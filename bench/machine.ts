import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
}

/** Describes the properties of the machine that figures depend on, without anything that identifies it. */
export const describeMachine = (): Machine => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release().split('.').slice(0, 2).join('.')} ${process.arch}`,
});
