import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A line that a function wrote: a log line, or metrics in CloudWatch's embedded format. */
export interface Line {
  readonly level?: string;
  readonly message?: string;
  readonly errorName?: string;
  readonly correlationId?: string;
  readonly correlationIds?: readonly string[];
  readonly _aws?: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

/** Runs a script of this folder in a process of its own, with logs and metrics on. Returns all that it wrote. */
export const observe = async (script: string): Promise<{ output: string; lines: Line[] }> => {
  const { POWERTOOLS_METRICS_DISABLED: _disabled, ...environment } = process.env;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, script)],
    {
      env: { ...environment, POWERTOOLS_LOG_LEVEL: 'DEBUG', POWERTOOLS_SERVICE_NAME: 'sluice' },
      maxBuffer: 50_000_000,
    },
  );
  const output = stdout + stderr;
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  return { output, lines };
};
