import { isObject, type Problem, parseInbound } from '../../events/index.ts';
import { parseEvent } from '../../shared/entries/index.ts';
import { putSeparately } from '../entries/put-separately.ts';
import { withConnection } from '../stack/connect.ts';

/** The result of putting an event on the bus. */
export type PutResult =
  /** `problems` say why the receiver will quarantine it; none if it won't. */
  | { readonly kind: 'put'; readonly eventId: string | undefined; readonly problems: readonly Problem[] }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const eventIdOf = ({ detail }: Record<string, unknown>): string | undefined => {
  const metadata = isObject(detail) && isObject(detail.metadata) ? detail.metadata : {};
  return typeof metadata.eventId === 'string' ? metadata.eventId : undefined;
};

/**
 * Puts an event on the bus of a stack on this machine, as a producer in its account would: also one that only the
 * receiver rejects, so that the quarantine can be tried.
 */
export const putEvent = (endpoint: string, given: unknown): Promise<PutResult> =>
  withConnection({ endpoint }, async (connection) => {
    const now = connection.now();
    const parsed = parseEvent(given, now);
    if (parsed.kind === 'rejected') return { kind: 'refused', problems: parsed.rejection.problems };
    const why = (await putSeparately(connection, [parsed.entry])).get(0);
    if (why !== undefined)
      return {
        kind: 'refused',
        problems: [{ path: '(the whole)', given: 'an event', allowed: `what the bus takes: ${why}` }],
      };
    const judged = parseInbound(parsed.event, now);
    const problems = judged.ok ? [] : judged.rejection.problems;
    return { kind: 'put', eventId: eventIdOf(parsed.event), problems };
  });
