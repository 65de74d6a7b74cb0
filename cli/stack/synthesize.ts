import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { CliError } from '../errors.ts';

export const projectRoot = resolve(import.meta.dirname, '../..');

export interface SynthesisOptions {
  /** Context values of the deployment, as the CDK's command takes them. @default - none */
  readonly context?: Readonly<Record<string, string>>;
  /** Whether the app is to run on this machine, rather than to be deployed. @default false */
  readonly local?: boolean;
  /** Whether the functions are bundled. @default true */
  readonly bundle?: boolean;
  /** Called with the number of bundles that were begun. */
  readonly onBundle?: (begun: number) => void;
}

/** Returns the number of bundles that the CDK has begun, by what it has printed. */
const countBegun = (output: string): number => output.match(/^Bundling asset /gm)?.length ?? 0;

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes the cloud assembly of the app into a folder, in a process of its own.
 *
 * @throws CliError `SYNTH_FAILED`, `INTERRUPTED`
 */
export const synthesize = (
  outdir: string,
  { context, local = false, bundle = true, onBundle }: SynthesisOptions = {},
): Promise<void> =>
  new Promise((done, failed) => {
    const script = join(projectRoot, 'infra', 'synthesize.ts');
    const child = spawn(
      process.execPath,
      [script, outdir, ...(bundle ? [] : ['--no-bundle']), ...(local ? ['--local'] : [])],
      {
        cwd: projectRoot,
        stdio: ['ignore', 'ignore', 'pipe'],
        // The variable by which the CDK's command hands its context to an app.
        ...(context && { env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context) } }),
      },
    );
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onBundle?.(countBegun(output));
    });
    // A signal to this process alone must stop the child too.
    const stop = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of stopSignals) process.on(signal, stop);
    child.on('error', failed);
    child.on('close', (code, signal) => {
      for (const name of stopSignals) process.off(name, stop);
      if (code === 0) done();
      else if (signal !== null)
        failed(new CliError('INTERRUPTED', 'stopped while the stack was being prepared'));
      else
        failed(
          new CliError('SYNTH_FAILED', `the CDK app could not be synthesized (exit ${code}):`, {
            details: output.slice(-4_000).trimEnd().split('\n'),
          }),
        );
    });
  });
