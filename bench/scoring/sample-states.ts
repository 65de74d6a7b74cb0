import { parseInbound } from '../../events/index.ts';
import { decide, type LeadState, toSignal } from '../../shared/lead/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { readSample } from '../pipeline/stream.ts';

/** Returns the leads of the sample stream in their state at its end. */
export const sampleStates = (model: ScoringModel): LeadState[] =>
  readSample().flatMap((history) => {
    let state: LeadState | undefined;
    for (const entry of history) {
      const parsed = parseInbound(entry, Date.now());
      const signal = parsed.ok ? toSignal(parsed.event) : undefined;
      if (signal !== undefined) state = decide(model, state, signal).state;
    }
    return state === undefined ? [] : [state];
  });
