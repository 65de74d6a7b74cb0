import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFiles } from '../../../support/temporary-files.ts';

const { folder } = temporaryFiles();
const main = join(import.meta.dirname, '../../../../cli/main.ts');

describe('the temporary files of histories', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('are removed when %s stops the command', async (signal) => {
    const temporary = join(folder, signal);
    mkdirSync(temporary);
    // Standard input stays open, so that the command waits for more events.
    const command = spawn(process.execPath, [main, 'replay', '--fast', '-'], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = once(command, 'exit');
    await vi.waitFor(() => expect(readdirSync(temporary)).toHaveLength(1), { timeout: 60_000 });
    command.kill(signal);
    await ended;
    expect(readdirSync(temporary)).toEqual([]);
  });
});
