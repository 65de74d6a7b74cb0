import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { followEvent, sendAgain } from './follow-event.ts';
import type { Standing, Trace } from './trace.ts';

interface Traces {
  readonly traces: ReadonlySignal<readonly Trace[]>;
  /** Follows events that were sent, in place of those before. */
  readonly follow: (begun: readonly Trace[], before: ReadonlyMap<string, Standing>) => void;
  /** Goes on looking for the steps of an event. */
  readonly lookAgain: (trace: Trace) => void;
  /** Sends the same event once more. */
  readonly repeat: (trace: Trace) => void;
  readonly clear: () => void;
}

/** Follows events until the page is left. */
export const useTraces = (): Traces => {
  const traces = useSignal<readonly Trace[]>([]);
  const running = useRef(new AbortController());
  const standings = useRef<ReadonlyMap<string, Standing>>(new Map());
  useEffect(() => () => running.current.abort(), []);

  const restart = (): void => {
    running.current.abort();
    running.current = new AbortController();
  };
  const onStep = (trace: Trace): void => {
    traces.value = traces.value.map((each) => (each.eventId === trace.eventId ? trace : each));
  };
  const run = async (trace: Trace, work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const { signal } = running.current;
    try {
      await work(signal);
    } catch {
      // The stack is gone or answers with an error: the page offers to look again.
      if (!signal.aborted) onStep({ ...trace, gaveUp: true });
    }
  };
  const look = (trace: Trace): void =>
    void run(trace, (signal) => followEvent(trace, { before: standings.current, onStep, signal }));

  return {
    traces,
    follow: (begun, before) => {
      restart();
      standings.current = before;
      traces.value = begun;
      for (const trace of begun) look(trace);
    },
    lookAgain: (trace) => {
      const { gaveUp: _gaveUp, ...rest } = trace;
      onStep(rest);
      look(rest);
    },
    repeat: (trace) => void run(trace, (signal) => sendAgain(trace, { onStep, signal })),
    clear: () => {
      restart();
      traces.value = [];
    },
  };
};
