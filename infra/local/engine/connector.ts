import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { constants } from 'node:os';

// The first process of the engine's namespaces. It runs the engine, and opens connections to it for the process that
// started it, which can't reach this loopback interface. When it ends, the system ends the engine with it.

const [port, temporary = '', engine = '', ...parameters] = process.argv.slice(2);

const child = spawn(engine, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
child.on('error', () => process.exit(1));
child.on('exit', (code, signal) => {
  if (temporary !== '') rmSync(temporary, { recursive: true, force: true });
  process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
});
// The channel closes when the other process closes it, and however that process ends.
process.on('disconnect', () => child.kill('SIGKILL'));
process.on('message', () => {
  const socket = connect(Number(port), '127.0.0.1');
  // A socket that was handed over is closed here.
  socket.once('connect', () => process.send?.('connected', socket));
  socket.once('error', ({ message }) => process.send?.(message));
});
process.send?.('started');
