import type { Problem } from '../../events/index.ts';
import {
  compilePayloadMapping,
  type PassedOver,
  type PayloadEvent,
  type PayloadLead,
  type PayloadReader,
} from '../../shared/mapping/index.ts';
import type { SourceDocument } from '../../shared/sources/index.ts';
import type { PassedPayload, PassedReason, Payload } from '../../shared/webhooks/index.ts';
import { splitBody } from './split-body.ts';

/** The end that a payload would have. `mapped`: its events would be put on the bus. */
export type TriedOutcome = 'mapped' | 'unknown' | 'empty' | 'unmapped' | PassedReason;

export interface TriedPayload {
  readonly name: string;
  readonly outcome: TriedOutcome;
  readonly recordId?: string | undefined;
  readonly occurredAt?: string | undefined;
  /** The lead id or the identifiers by which the lead is looked up. */
  readonly lead?: PayloadLead;
  readonly events: readonly PayloadEvent[];
  /** Events of the mapping that need a value which isn't there. */
  readonly passedOver: readonly PassedOver[];
  readonly problems: readonly Problem[];
}

const nothing = { events: [], passedOver: [], problems: [] } as const;

const describePassed = ({ name, why, recordId, problem }: PassedPayload): TriedPayload => ({
  ...nothing,
  name,
  outcome: why,
  recordId,
  problems: problem === undefined ? [] : [problem],
});

const tryPayload = (payload: Payload, ignore: readonly string[], read: PayloadReader): TriedPayload => {
  const { name, recordId, occurredAt, content } = payload;
  const about = { name, recordId, occurredAt };
  if (ignore.includes(name)) return { ...nothing, ...about, outcome: 'ignored' };
  const reading = read(content, { recordId, ...(occurredAt !== undefined && { occurredAt }) });
  if (!reading.ok) return { ...nothing, ...about, outcome: 'unmapped', problems: reading.problems };
  const { lead, events, passedOver } = reading;
  if (events.length === 0) {
    const outcome = passedOver.length === 0 ? 'unknown' : 'empty';
    return { ...nothing, ...about, outcome, passedOver };
  }
  return { ...about, outcome: 'mapped', lead, events, passedOver, problems: [] };
};

/** The result of trying a file: its payloads, or why it is nothing that the source could send. */
export type Tried =
  | { readonly payloads: readonly TriedPayload[] }
  | { readonly problems: readonly Problem[] };

/**
 * Tries what would become of a request body, or of a single payload, without sending anything.
 *
 * @param now the clock, in milliseconds since 1970
 */
export const tryPayloads = (source: SourceDocument, body: unknown, now: number): Tried => {
  const split = splitBody(source, body);
  if ('problems' in split) return split;
  const read = compilePayloadMapping(source.mapping, { now: () => now });
  const payloads = split.payloads.map((payload) => tryPayload(payload, source.ignore, read));
  return { payloads: [...payloads, ...split.passed.map(describePassed)] };
};
