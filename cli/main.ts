import { exitOnOutputError } from './output/print.ts';
import { createProgram } from './program.ts';
import { runProgram } from './run-program.ts';

exitOnOutputError();
const code = await runProgram(createProgram(), process.argv.slice(2));
// A command may have set the code itself, as `model check` does when it finds errors.
if (code !== 0) process.exitCode = code;
