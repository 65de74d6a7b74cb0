import { ApiError } from '../../api/api-error.ts';
import { type Answer, call } from '../../api/call.ts';
import {
  findBegun,
  judgeAgain,
  type Lead,
  readStanding,
  type Standing,
  type TimelineEntry,
  type Trace,
} from './trace.ts';

const pauseMs = 500;
const mostMs = 30_000;
/** A second sending of an event is looked at after this time, in which the first was recorded. */
const leastSettleMs = 3_000;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done, failed) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      failed(signal.reason);
    });
  });

/** Returns undefined for what isn't there, such as a lead before its first event. */
const orUndefined = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    const { kind } = error instanceof ApiError ? error.failure : { kind: undefined };
    if (kind === 'not-found' || kind === 'erased') return undefined;
    throw error;
  }
};

const readLead = (id: string, signal?: AbortSignal): Promise<Lead | undefined> =>
  orUndefined(call('getLead', { path: { id }, ...(signal && { signal }) }));

const readTimeline = (id: string, signal: AbortSignal): Promise<Answer<'getTimeline'> | undefined> =>
  orUndefined(call('getTimeline', { path: { id }, query: { limit: '50' }, signal }));

/** Returns how leads stand before an event is sent. */
export const readBefore = async (leadIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> => {
  const read = leadIds.map(async (id) => [id, readStanding(await readLead(id))] as const);
  return new Map(await Promise.all(read));
};

const findEntry = async (
  { leadIds, eventId }: Trace,
  signal: AbortSignal,
): Promise<{ leadId: string; entry: TimelineEntry } | undefined> => {
  for (const leadId of leadIds) {
    const timeline = await readTimeline(leadId, signal);
    const entry = timeline?.entries.find((each) => each.eventId === eventId);
    if (entry !== undefined) return { leadId, entry };
  }
  return undefined;
};

interface FollowProps {
  readonly before: ReadonlyMap<string, Standing>;
  readonly onStep: (trace: Trace) => void;
  readonly signal: AbortSignal;
}

const none: Standing = { handoffs: new Set(), track: undefined };

const advance = async (trace: Trace, { before, signal }: FollowProps): Promise<Trace> => {
  if (trace.recorded === undefined) {
    const found = await findEntry(trace, signal);
    return found === undefined ? trace : { ...trace, recorded: { ...found, at: Date.now() } };
  }
  const { leadId, entry } = trace.recorded;
  const begun = findBegun(entry, before.get(leadId) ?? none, await readLead(leadId, signal));
  return begun === undefined ? trace : { ...trace, followed: { begun, at: Date.now() } };
};

/**
 * Looks at the leads of an event until everything that follows from it is there, or for half a minute, and reports each
 * step.
 */
export const followEvent = async (trace: Trace, props: FollowProps): Promise<void> => {
  const { onStep, signal } = props;
  let { gaveUp: _gaveUp, ...current }: Trace = trace;
  const end = Date.now() + mostMs;
  while (current.followed === undefined && Date.now() < end) {
    const next = await advance(current, props);
    if (next === current) await pause(pauseMs, signal);
    else onStep(next);
    current = next;
  }
  if (current.followed === undefined) onStep({ ...current, gaveUp: true });
};

/** Sends an event once more, and reports whether it counts once. */
export const sendAgain = async (
  trace: Trace,
  { onStep, signal }: Omit<FollowProps, 'before'>,
): Promise<void> => {
  const { recorded, sentAt } = trace;
  if (recorded === undefined) return;
  const before = await readTimeline(recorded.leadId, signal);
  await trace.send();
  onStep({ ...trace, again: { kind: 'waiting' } });
  // It took the first one so long to be recorded.
  await pause(Math.max(leastSettleMs, 2 * (recorded.at - sentAt)), signal);
  const timeline = await readTimeline(recorded.leadId, signal);
  if (timeline !== undefined) onStep({ ...trace, again: judgeAgain(trace, timeline, before?.version) });
};
