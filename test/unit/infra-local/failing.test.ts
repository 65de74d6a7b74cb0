import type { ChildProcess } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { startPurging } from '../../../infra/local/data/purge-data-folder.ts';
import { describeEnd } from '../../../infra/local/engine/process.ts';
import { ServiceError } from '../../../infra/local/errors.ts';
import type { Running } from '../../../infra/local/lifecycle.ts';
import { whileWorking } from '../../../infra/local/protocols/while-working.ts';

describe('a protocol of a stack that may fail', () => {
  const answerWith = (answer: () => unknown, failed = new AbortController()) => {
    const check = vi.fn(async () => undefined);
    const protocol = { speaks: () => true, answer: async () => answer(), refuse: () => ({}) } as never;
    const answered = whileWorking(protocol, failed.signal, check).answer({} as never);
    return { answered, check };
  };

  it('has the stack checked after an error of its own, whether answered or thrown, and after no other', async () => {
    const thrown = answerWith(() => Promise.reject(new Error('ECONNREFUSED')));
    await expect(thrown.answered).rejects.toThrow('ECONNREFUSED');
    const refused = answerWith(() => Promise.reject(new ServiceError('Any', 'refused')));
    await expect(refused.answered).rejects.toThrow('refused');
    const [failed, fine] = [answerWith(() => ({ status: 500 })), answerWith(() => ({ status: 200 }))];
    await Promise.all([failed.answered, fine.answered]);
    const checks = [thrown, refused, failed, fine].map(({ check }) => check.mock.calls.length);
    expect(checks).toEqual([1, 0, 1, 0]);
  });
});

describe('the end of an engine', () => {
  it('is told as what it was if its connector was killed', () => {
    const child = { pid: 7, exitCode: 1, signalCode: null } as ChildProcess;
    expect(describeEnd(child, 'unshare: sigprocmask unblock failed')).toBe(
      'the DynamoDB engine (process group 7) was ended with its connector, as the system does if memory is short',
    );
    expect(describeEnd(child, 'no file')).toContain('ended with exit code 1 (no file)');
  });
});

describe('a purge of a data folder', () => {
  it('touches nothing if the folder was removed or replaced, and says so', () => {
    const purge = vi.fn();
    const onProblem = vi.fn();
    const dataFolder = { folder: '/nowhere', database: {}, isPresent: () => false };
    const running = { dataFolder, engine: { purge }, streamPollers: [], closing: Promise.resolve() };
    const parts = { ...running, failure: new AbortController() } as unknown as Running;
    startPurging(parts, onProblem);
    parts.purger?.purge();
    expect(purge).not.toHaveBeenCalled();
    expect(onProblem).toHaveBeenCalledWith(expect.stringContaining('it was removed or replaced'));
  });
});
