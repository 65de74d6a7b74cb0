import { type BusEvent, type Problem, parseInbound } from '../../events/index.ts';
import { checkIdentifier, type Identities, type Resolved } from '../identity/index.ts';
import {
  compilePayloadMapping,
  type Identifier,
  type PayloadEvent,
  type PayloadLead,
  type PayloadMapping,
  type PayloadReader,
} from '../mapping/index.ts';
import type { Payload } from '../webhooks/index.ts';
import type { IntakeSource } from './intake.ts';

export interface ReadDeps {
  readonly identities: Identities;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A payload after it was read. */
export type ReadPayload =
  | {
      readonly kind: 'events';
      readonly events: readonly BusEvent[];
      /** The leads that were resolved for it, to be confirmed once the bus has taken the events. */
      readonly resolved: readonly Resolved[];
    }
  | { readonly kind: 'unknown' | 'empty' | 'ignored' }
  | { readonly kind: 'unmapped'; readonly problems: readonly Problem[] };

/** Thrown inside this room if a value of a payload makes an event impossible. */
class UnmappedError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super('the payload has no event');
    this.problems = problems;
  }
}

type Named = {
  readonly leadId?: string | undefined;
  readonly identifiers?: readonly Identifier[] | undefined;
};

interface ResolveProps {
  readonly at: string;
  readonly create: boolean;
}

/** Resolves the leads of one payload, and remembers what has to be confirmed. */
const createResolver = ({ identities }: ReadDeps, { mapping }: IntakeSource) => {
  const resolved: Resolved[] = [];
  const resolve = async (lead: Named, path: string, { at, create }: ResolveProps): Promise<string> => {
    if (lead.leadId !== undefined) return lead.leadId;
    const identifiers = lead.identifiers ?? [];
    const problems = identifiers.flatMap((identifier) => checkIdentifier(identifier, path) ?? []);
    if (problems.length > 0) throw new UnmappedError(problems);
    if (identifiers.length === 0)
      throw new UnmappedError([{ path, given: 'nothing', allowed: 'an identifier of the lead' }]);
    const whenTwoMeet = mapping.identity?.whenTwoMeet ?? 'suggest';
    const found = await identities.resolve({ identifiers, at, source: mapping.source, whenTwoMeet, create });
    resolved.push(found);
    return found.leadId;
  };
  return { resolve, resolved };
};

const erasure = 'LeadErasureRequested';

const buildEvent = (
  source: string,
  { type, eventId, occurredAt, data }: PayloadEvent,
  leads: object,
): BusEvent => ({
  source,
  'detail-type': type,
  time: occurredAt,
  detail: { metadata: { eventId, occurredAt, schemaVersion: 1 }, data: { ...data, ...leads } },
});

/** Refuses an event that would only be rejected once it is on the bus. @throws UnmappedError */
const checkEvent = (event: BusEvent, now: number): BusEvent => {
  const parsed = parseInbound(event, now);
  if (!parsed.ok) throw new UnmappedError(parsed.rejection.problems);
  return event;
};

const readers = new WeakMap<PayloadMapping, PayloadReader>();

/** Returns the reader of a mapping, which is compiled once. */
const readerOf = ({ mapping }: IntakeSource, now: () => number): PayloadReader => {
  const known = readers.get(mapping);
  if (known !== undefined) return known;
  const reader = compilePayloadMapping(mapping, { now });
  readers.set(mapping, reader);
  return reader;
};

/** A payload as its mapping reads it, before its lead is known; or its end, if it becomes no event. */
export type MappedPayload =
  | {
      readonly kind: 'mapped';
      readonly lead: PayloadLead;
      readonly events: readonly [PayloadEvent, ...PayloadEvent[]];
    }
  | Exclude<ReadPayload, { kind: 'events' }>;

/** Reads a payload by the mapping of its source. */
export const mapPayload = (deps: ReadDeps, source: IntakeSource, payload: Payload): MappedPayload => {
  if (source.ignore.includes(payload.name)) return { kind: 'ignored' };
  const { recordId, occurredAt, content } = payload;
  const context = { recordId, ...(occurredAt !== undefined && { occurredAt }) };
  const reading = readerOf(source, deps.now)(content, context);
  if (!reading.ok) return { kind: 'unmapped', problems: reading.problems };
  const { lead, passedOver } = reading;
  const [first, ...others] = reading.events;
  if (first === undefined) return { kind: passedOver.length === 0 ? 'unknown' : 'empty' };
  return { kind: 'mapped', lead, events: [first, ...others] };
};

/** A payload whose lead is to be resolved. */
export type Mapped = Extract<MappedPayload, { kind: 'mapped' }>;

/** Returns the events of a payload, with those that report new identifiers before them. @throws UnmappedError */
const makeEvents = async (
  deps: ReadDeps,
  source: IntakeSource,
  { lead, events: mapped }: Mapped,
): Promise<ReadPayload> => {
  const { resolve, resolved } = createResolver(deps, source);
  // An erasure must not make known whom it is to make forgotten.
  const create = mapped.some(({ type }) => type !== erasure);
  const leadId = await resolve(lead, 'lead', { at: mapped[0].occurredAt, create });
  const events: BusEvent[] = [];
  for (const event of mapped) {
    const { merged, occurredAt: at } = event;
    const mergedLeadId = merged && (await resolve(merged, 'mergedLead', { at, create: true }));
    // Both records are known as one lead already.
    if (mergedLeadId === leadId) continue;
    const leads = { leadId, ...(mergedLeadId !== undefined && { mergedLeadId }) };
    events.push(checkEvent(buildEvent(source.mapping.source, event, leads), deps.now()));
  }
  return { kind: 'events', events: [...resolved.flatMap((each) => each.events), ...events], resolved };
};

/** Resolves the lead of a payload, and makes its events. @throws if storage fails */
export const resolvePayload = async (
  deps: ReadDeps,
  source: IntakeSource,
  mapped: Mapped,
): Promise<ReadPayload> => {
  try {
    return await makeEvents(deps, source, mapped);
  } catch (error) {
    if (error instanceof UnmappedError) return { kind: 'unmapped', problems: error.problems };
    throw error;
  }
};
