import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storePending, takePending } from '../../../console/session/pending.ts';

const pending = { state: 's', verifier: 'v', fragment: '#/leads/l-1' };

describe('a sign-in that is under way', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    vi.useFakeTimers();
    stored.clear();
    vi.stubGlobal('sessionStorage', {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => stored.set(name, value),
      removeItem: (name: string) => stored.delete(name),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('is taken once, and leaves nothing behind', () => {
    storePending(pending);
    expect(takePending()).toEqual(pending);
    expect(stored.size).toBe(0);
    expect(takePending()).toBeUndefined();
  });

  it('is dropped by a page that is loaded ten minutes later', () => {
    storePending(pending);
    vi.setSystemTime(Date.now() + 600_000);
    expect(takePending()).toBeUndefined();
    expect(stored.size).toBe(0);
  });

  it('is removed after ten minutes by a page that stays', () => {
    storePending(pending);
    vi.advanceTimersByTime(599_999);
    expect(stored.size).toBe(1);
    vi.advanceTimersByTime(1);
    expect(stored.size).toBe(0);
  });

  it('is none if no instant is stored with it', () => {
    stored.set('sluice-sign-in', JSON.stringify(pending));
    expect(takePending()).toBeUndefined();
  });
});
