import { type BusEvent, busEvent, parseInbound, showProblem } from '../../events/index.ts';
import type { Handoff } from '../../shared/follow-ups/index.ts';
import { UsageError } from '../errors.ts';

/** The source under which sales answers, if no other is given. The policy of a bus may allow others. */
export const salesSource = 'sales.desk';

/** The options that give the fields of the event. */
const options: ReadonlyMap<string, string> = new Map([
  ['detail.data.actor', '--by'],
  ['detail.data.reason', '--reason'],
  ['source', '--source'],
]);

export interface Verdict {
  readonly type: 'HandoffAccepted' | 'HandoffRejected';
  readonly by: string;
  readonly reason?: string | undefined;
  readonly source: string;
}

/**
 * Builds the event by which sales answers a hand-off.
 *
 * @param eventId an id of its own
 * @param now the instant of the answer, in milliseconds since 1970
 * @throws UsageError if a value isn't what the contract allows
 */
export const buildVerdict = (
  { handoffId, leadId }: Handoff,
  { type, by, reason, source }: Verdict,
  eventId: string,
  now: number,
): BusEvent => {
  const metadata = { eventId, occurredAt: new Date(now).toISOString() };
  const data = { leadId, handoffId, actor: by, ...(reason !== undefined && { reason }) };
  const event = busEvent(type, source, metadata, data);
  const parsed = parseInbound(event, now);
  if (!parsed.ok) {
    const problems = parsed.rejection.problems.map(({ path, ...problem }) =>
      showProblem({ ...problem, path: options.get(path) ?? path }),
    );
    throw new UsageError(`the answer can't be sent: ${problems.join('; ')}`);
  }
  return event;
};
