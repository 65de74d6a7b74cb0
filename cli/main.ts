import { exitOnOutputError } from './output/print.ts';
import { createProgram } from './program.ts';
import { runProgram } from './run-program.ts';

exitOnOutputError();

// The process that cli/sluice.js starts on an older Node ends with that one, however that one ends.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

const code = await runProgram(createProgram(), process.argv.slice(2));
// A command may have set the code itself, as `model check` does when it finds errors.
if (code !== 0) process.exitCode = code;
