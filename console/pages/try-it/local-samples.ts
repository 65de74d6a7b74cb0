import type { BusEvent, InboundType } from '../../../events/index.ts';
import { ApiError, type FieldProblem } from '../../api/api-error.ts';

/** An event of a type, as the API takes it. */
export interface EventSample {
  readonly type: Exclude<InboundType, 'LeadIdentified'>;
  readonly event: BusEvent;
}

/** A body as a tool sends it. */
export interface PayloadSample {
  readonly source: string;
  readonly kind: string;
  readonly name: string;
  readonly payload: unknown;
  readonly isSendable: boolean;
}

/** The samples, each with ids and instants of its own. */
export interface Samples {
  readonly events: readonly EventSample[];
  readonly payloads: readonly PayloadSample[];
}

/** The end that a payload would have, with its events. */
export interface TriedPayload {
  readonly name: string;
  readonly outcome:
    | 'mapped'
    | 'unknown'
    | 'empty'
    | 'unmapped'
    | 'own'
    | 'ignored'
    | 'unproven'
    | 'missing-changes'
    | 'malformed';
  readonly lead?: {
    readonly leadId?: string;
    readonly identifiers?: readonly { readonly type: string; readonly value: string }[];
  };
  readonly events: readonly {
    readonly type: string;
    readonly occurredAt: string;
    readonly eventId: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
  readonly passedOver: readonly { readonly event: string; readonly path: string }[];
  readonly problems: readonly FieldProblem[];
}

/** The answer to a payload that was sent. */
export interface SentPayload {
  /** The HTTP status of the door for webhooks. */
  readonly status: number;
  readonly answer: string;
  readonly leadIds: readonly string[];
}

const request = async <T>(path: string, init: RequestInit): Promise<T> => {
  let response: Response;
  try {
    response = await fetch(`/console/local/${path}`, { ...init, cache: 'no-store' });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError({ kind: 'offline', status: 0, detail: '', errors: [] }, { cause: error });
  }
  const body = (await response.json()) as { message?: string; problems?: readonly FieldProblem[] };
  if (response.ok) return body as T;
  const { status } = response;
  const kind = status === 409 ? 'conflict' : status < 500 ? 'invalid' : 'unavailable';
  throw new ApiError({ kind, status, detail: body.message ?? '', errors: body.problems ?? [] });
};

/** Loads samples of every type and tool. */
export const loadSamples = (signal: AbortSignal): Promise<Samples> => request('samples', { signal });

const post = <T>(source: string, action: 'try' | 'send', body: string): Promise<T> =>
  request(`sources/${encodeURIComponent(source)}/${action}`, { method: 'POST', body });

/** Shows what a payload becomes. Nothing is sent. */
export const tryPayload = (
  source: string,
  body: string,
): Promise<{ readonly payloads: readonly TriedPayload[] }> => post(source, 'try', body);

/** Sends a payload as its tool does. @throws ApiError of the kind `conflict` if nothing can be sent to the source */
export const sendPayload = (source: string, body: string): Promise<SentPayload> => post(source, 'send', body);

/**
 * Puts an event on the bus, past the API, as a program with access to it could.
 *
 * @returns the problems for which it is quarantined
 */
export const putOnBus = (event: string): Promise<{ readonly problems: readonly FieldProblem[] }> =>
  request('events', { method: 'POST', body: event });
