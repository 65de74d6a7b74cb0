import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startCountdown } from '../../../console/parts/countdown.ts';

describe('a countdown', () => {
  const onEnd = vi.fn();
  beforeEach(() => {
    vi.useFakeTimers();
    onEnd.mockReset();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends once, after its time', () => {
    startCountdown(6_000, onEnd);
    vi.advanceTimersByTime(5_999);
    expect(onEnd).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('stands still while anything holds it, and goes on with what was left', () => {
    const countdown = startCountdown(6_000, onEnd);
    vi.advanceTimersByTime(4_000);
    countdown.hold('pointer');
    vi.advanceTimersByTime(60_000);
    countdown.hold('focus');
    countdown.release('pointer');
    vi.advanceTimersByTime(60_000);
    countdown.release('focus');
    vi.advanceTimersByTime(1_999);
    expect(onEnd).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('never ends once it is stopped', () => {
    const countdown = startCountdown(6_000, onEnd);
    countdown.hold('focus');
    countdown.stop();
    countdown.release('focus');
    vi.advanceTimersByTime(60_000);
    expect(onEnd).not.toHaveBeenCalled();
  });
});
