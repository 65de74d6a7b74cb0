import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const command = resolve(import.meta.dirname, '../../cli/sluice.js');

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the `sluice` command as its users do, in a separate process. */
export const sluice = (...args: readonly string[]): Promise<CommandResult> =>
  new Promise((done) => {
    // The silence that vitest.config.ts asks of handlers must not reach the stack that the command starts.
    const { POWERTOOLS_METRICS_DISABLED: _metrics, POWERTOOLS_LOG_LEVEL: _level, ...env } = process.env;
    execFile(
      process.execPath,
      [command, ...args],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });
