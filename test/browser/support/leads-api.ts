import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { answers } from '../../../events/api/answers/index.ts';

type LeadAnswer = z.output<(typeof answers)['getLead']>;

/** An event of a lead: its type, its content, and when it occurred. */
type Told = readonly [type: string, data: object, occurredAt: string];

/** The leads of a stack, by its API. */
export interface LeadsApi {
  /** Sends events of a lead, and waits until all are recorded. */
  readonly tell: (leadId: string, events: readonly Told[]) => Promise<void>;
  readonly get: (leadId: string, at?: string) => Promise<LeadAnswer>;
}

const buildEvent = (leadId: string, [type, data, occurredAt]: Told) => ({
  source: 'test.browser',
  'detail-type': type,
  detail: {
    metadata: { eventId: randomUUID(), occurredAt, schemaVersion: 1 },
    data: { leadId, ...data },
  },
});

const pauseMs = 200;

/** Calls the API of a local stack as an admin. */
export const createLeads = (endpoint: string): LeadsApi => {
  let token: Promise<string> | undefined;
  const signIn = async (): Promise<string> => {
    const response = await fetch(`${endpoint}/local/tokens`, {
      method: 'POST',
      body: JSON.stringify({ role: 'admin' }),
    });
    return ((await response.json()) as { token: string }).token;
  };
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    token ??= signIn();
    const headers = { authorization: `Bearer ${await token}`, 'content-type': 'application/json' };
    return fetch(`${endpoint}/api/${path}`, { ...init, headers });
  };
  const countEntries = async (leadId: string): Promise<number> => {
    const response = await request(`leads/${leadId}/timeline?limit=100`);
    if (response.status === 404) return 0;
    const { entries } = (await response.json()) as { entries: readonly { type: string }[] };
    return entries.filter(({ type }) => type !== 'LeadClockAdvanced').length;
  };
  return {
    tell: async (leadId, events) => {
      const before = await countEntries(leadId);
      const response = await request('events', {
        method: 'POST',
        body: JSON.stringify(events.map((event) => buildEvent(leadId, event))),
      });
      const answer = await response.text();
      if (!response.ok || JSON.parse(answer).accepted !== events.length)
        throw new Error(`the events were refused: ${answer}`);
      while ((await countEntries(leadId)) < before + events.length) await pause(pauseMs);
    },
    get: async (leadId, at) => {
      const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
      const response = await request(`leads/${leadId}${query}`);
      if (!response.ok) throw new Error(`the lead was not read: ${await response.text()}`);
      return (await response.json()) as LeadAnswer;
    },
  };
};
