import { minuteMs } from '../../events/index.ts';
import { refreshMs } from '../../shared/model-store/index.ts';
import { countRequested, type PassEnd, type Rescoring } from '../../shared/rescoring/index.ts';

/** The passes that may find no fewer leads than one before: what is left then can't be rescored. */
const mostIdlePasses = 5;

/** The longest time between two passes, in milliseconds. */
const longestRestMs = 15 * minuteMs;

const toText = (at: number): string => new Date(at).toISOString();

/**
 * Returns the instant from which on functions know the model: two refresh periods after it was asked for (I16). Only a
 * pass that begins later can be the last one.
 */
const findKnownAt = ({ job }: Rescoring): number => Date.parse(job.requestedAt) + 2 * refreshMs;

/** Returns the passes in a row that found no fewer leads than one before, with the fewest that one found. */
const countIdlePasses = ({ job }: Rescoring, found: number) => {
  const { fewest, idlePasses = 0 } = job;
  return fewest === undefined || found < fewest
    ? { fewest: found, idlePasses: 0 }
    : { fewest, idlePasses: idlePasses + 1 };
};

/**
 * Decides what follows a pass. The rescoring is done when a pass finds nothing, once functions know the model. It gives
 * up when passes make no more progress, so that a lead that can't be judged doesn't keep it busy for ever; the rests
 * between such passes double, so that a backlog of `score-leads` has time.
 *
 * @param now milliseconds since 1970
 */
export const planPassEnd = (rescoring: Rescoring, now: number): PassEnd => {
  const { job } = rescoring;
  const found = countRequested(rescoring);
  const requestedBefore = (job.requestedBefore ?? 0) + found;
  const isKnown = Date.parse(job.passStartedAt) >= findKnownAt(rescoring);
  const idle = isKnown ? countIdlePasses(rescoring, found) : undefined;
  const isGivenUp = idle !== undefined && idle.idlePasses >= mostIdlePasses;
  const { pass, passStartedAt } = job;
  if (isKnown && (found === 0 || isGivenUp))
    return { status: 'done', pass, passStartedAt, doneAt: toText(now), left: found };
  const idlePasses = idle?.idlePasses ?? 0;
  const restMs = idlePasses === 0 ? 0 : Math.min(longestRestMs, minuteMs * 2 ** (idlePasses - 1));
  return {
    status: 'running',
    pass: pass + 1,
    // By this function's own clock: that of whoever activated the model may be slow.
    passStartedAt: toText(now + (isKnown ? restMs : 2 * refreshMs)),
    requestedBefore,
    ...idle,
  };
};
