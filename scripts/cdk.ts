import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkAccountQuickly, defaultToolkit, formatFindings } from '../cli/doctor/index.ts';
import { note } from '../cli/output/print.ts';
import { defaultOutputsFile } from '../cli/stack/outputs.ts';
import { mergeOutputs } from './cdk/merge-outputs.ts';
import { type CdkArguments, readArguments } from './cdk/read-arguments.ts';

// Runs the CDK's command for `npm run deploy`, `diff` and `destroy`: it looks at the account first, since the command
// itself fails only after a synthesis, and less clearly; and it adds the outputs of a deployment to those of others.

const projectRoot = resolve(import.meta.dirname, '..');

/** Runs the command in this terminal, and returns its exit code. */
const runCdk = (args: readonly string[]): Promise<number> =>
  new Promise((done, failed) => {
    const command = join(projectRoot, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const child = spawn(process.execPath, [command, ...args], { cwd: projectRoot, stdio: 'inherit' });
    // The terminal signals the whole group; a signal sent to this process alone is passed on.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => child.kill(signal));
    child.on('error', failed);
    child.on('close', (code) => done(code ?? 1));
  });

/** Reports what the command would fail at, and returns whether there is anything. */
const findsProblem = async (
  command: string,
  { context, profile, toolkit }: CdkArguments,
): Promise<boolean> => {
  const needed = command === 'deploy' ? { toolkit: toolkit ?? defaultToolkit } : {};
  const findings = await checkAccountQuickly({ context, profile, ...needed });
  const hasProblem = findings.some(({ result }) => result === 'problem');
  if (hasProblem) note([...formatFindings(findings), 'See also: npx sluice doctor --aws, docs/deploying.md']);
  return hasProblem;
};

const deploy = async ({ args, outputsFile }: CdkArguments): Promise<number> => {
  if (outputsFile !== undefined) return runCdk(['deploy', '--all', ...args]);
  const file = join(projectRoot, defaultOutputsFile);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
  // A file that can't be read is found now, not after the deployment.
  mergeOutputs(defaultOutputsFile, before, '{}');
  const folder = mkdtempSync(join(tmpdir(), 'sluice-deploy-'));
  const written = join(folder, defaultOutputsFile);
  try {
    const code = await runCdk(['deploy', '--all', '--outputs-file', written, ...args]);
    if (existsSync(written))
      writeFileSync(file, mergeOutputs(defaultOutputsFile, before, readFileSync(written, 'utf8')));
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const run = async ([command = '', ...rest]: readonly string[]): Promise<number> => {
  const parsed = readArguments(rest);
  if (!parsed.asksForHelp && (await findsProblem(command, parsed))) return 1;
  switch (command) {
    case 'deploy':
      return deploy(parsed);
    case 'diff':
      return runCdk(['diff', ...parsed.args]);
    case 'destroy':
      return runCdk(['destroy', '--all', ...parsed.args]);
    default:
      note(
        `usage: node scripts/cdk.ts deploy|diff|destroy [options of the CDK]; given ${JSON.stringify(command)}`,
      );
      return 2;
  }
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  note(`Error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
