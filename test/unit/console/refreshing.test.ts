import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepFresh } from '../../../console/api/refreshing.ts';

/** Stands in for the document and the window of the page, since there are none here. */
const createPage = () => {
  const [view, shown] = [new EventTarget(), new EventTarget()];
  const sight = { visibilityState: 'visible' };
  vi.stubGlobal('addEventListener', view.addEventListener.bind(view));
  vi.stubGlobal('removeEventListener', view.removeEventListener.bind(view));
  vi.stubGlobal('document', {
    get visibilityState() {
      return sight.visibilityState;
    },
    addEventListener: shown.addEventListener.bind(shown),
    removeEventListener: shown.removeEventListener.bind(shown),
  });
  return {
    does: (type: string) => view.dispatchEvent(new Event(type)),
    turns: (visibilityState: string) => {
      sight.visibilityState = visibilityState;
      shown.dispatchEvent(new Event('visibilitychange'));
    },
  };
};

const [second, minute] = [1_000, 60_000];

describe('what is kept fresh', () => {
  let page: ReturnType<typeof createPage>;
  let end: () => void;
  const load = vi.fn();
  beforeEach(() => {
    vi.useFakeTimers();
    page = createPage();
    load.mockReset();
    end = keepFresh(load, 15 * second);
  });
  afterEach(() => {
    end();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** Counts what is loaded in a time. */
  const countIn = (ms: number): number => {
    load.mockClear();
    vi.advanceTimersByTime(ms);
    return load.mock.calls.length;
  };

  it('is loaded again after each pause while the page is used', () => {
    expect(countIn(15 * second - 1)).toBe(0);
    expect(countIn(1)).toBe(1);
    for (let i = 0; i < 10; i += 1) {
      page.does('pointermove');
      expect(countIn(minute)).toBe(4);
    }
  });

  it('is loaded a quarter as often after three minutes without use, and at once when it is used again', () => {
    expect(countIn(3 * minute)).toBe(12);
    expect(countIn(10 * minute)).toBe(10);
    vi.advanceTimersByTime(30 * second);
    page.does('keydown');
    expect(load).toHaveBeenCalledTimes(11);
    expect(countIn(minute)).toBe(4);
  });

  it('is not loaded while the page is hidden, and at once when it is seen again if it is due', () => {
    page.turns('hidden');
    expect(countIn(30 * minute)).toBe(0);
    page.turns('visible');
    expect(load).toHaveBeenCalledTimes(1);
    page.turns('hidden');
    page.turns('visible');
    expect(load).toHaveBeenCalledTimes(1);
    expect(countIn(minute)).toBe(4);
  });

  it('is loaded at once when there is a connection again', () => {
    vi.advanceTimersByTime(second);
    page.does('online');
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('is not loaded any more once it is ended', () => {
    end();
    page.does('online');
    page.turns('visible');
    expect(countIn(minute)).toBe(0);
  });
});
