import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ShellResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of a document in a shell that stops at the first command that fails. */
export const runShell = async (
  script: string,
  {
    cwd,
    env,
    stdin = '',
  }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly stdin?: string },
): Promise<ShellResult> => {
  const shell = spawn('sh', ['-eu', '-c', script], { cwd, env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  shell.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  shell.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  shell.stdin.on('error', () => {});
  shell.stdin.end(stdin);
  const [status] = await once(shell, 'close');
  return { status, ...output };
};
