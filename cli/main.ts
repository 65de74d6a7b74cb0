import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { InvalidModelError } from '../shared/scoring/index.ts';
import { addAudit } from './commands/audit.ts';
import { addDlq } from './commands/dlq.ts';
import { addExplain } from './commands/explain.ts';
import { addImport } from './commands/import.ts';
import { addLeads } from './commands/leads.ts';
import { addModel } from './commands/model.ts';
import { addNext } from './commands/next.ts';
import { addQuarantine } from './commands/quarantine.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addRescore } from './commands/rescore.ts';
import { addSend } from './commands/send.ts';
import { addStart } from './commands/start.ts';
import { CliError, UsageError } from './errors.ts';

const createProgram = (): Command => {
  const program = new Command('sluice')
    .description('Open lead qualification: lead events in, explained scores and tier changes out.')
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(see --help)');
  for (const add of [
    addStart,
    addReplay,
    addImport,
    addExplain,
    addNext,
    addLeads,
    addReport,
    addAudit,
    addRebuild,
    addRescore,
    addModel,
    addSend,
    addQuarantine,
    addDlq,
  ])
    add(program);
  return program;
};

/** Returns the exit code of an error: 0 for help and version, 1 for a failure, 2 for wrong usage. */
const resolveExitCode = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UsageError ? 2 : 1;
};

/** Whether an error is the answer of an AWS service, such as that a table does not exist. */
const isServiceError = (error: unknown): error is Error => error instanceof Error && '$metadata' in error;

/** Whether the message of an error is meant for the user. Any other error is a bug, and is printed with its stack. */
const isForUser = (error: unknown): error is Error =>
  error instanceof CliError ||
  error instanceof InvalidModelError ||
  (error instanceof Error && typeof (error as { code?: unknown }).code === 'string') ||
  isServiceError(error);

const report = (error: unknown): void => {
  if (error instanceof CommanderError) return; // Commander has printed it.
  if (isServiceError(error)) process.stderr.write(`sluice: ${error.name}: ${error.message}\n`);
  else if (isForUser(error)) process.stderr.write(`sluice: ${error.message}\n`);
  else console.error(error);
};

/** Ends the process: with success if the reader went away, as `head` does, and with failure otherwise. */
const onOutputError = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`sluice: the output can't be written: ${error.message}\n`);
  process.exit(1);
};
process.stdout.on('error', onOutputError);
// What can't be said must not keep the local stack from ending in order.
process.stderr.on('error', () => undefined);

// The process that cli/sluice.js starts on an older Node ends with that one, however that one ends.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

try {
  await createProgram().parseAsync();
} catch (error) {
  report(error);
  process.exitCode = resolveExitCode(error);
}
