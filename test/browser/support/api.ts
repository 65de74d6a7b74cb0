import { setTimeout as wait } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { answers } from '../../../events/api/answers/index.ts';
import type { SignInAs } from './sign-in.ts';

/** The answer of an operation. */
type Answer<O extends keyof typeof answers> = z.output<(typeof answers)[O]>;
type Handoff = Answer<'listHandoffs'>['handoffs'][number];

/** The API of a started stack, for what a test prepares or looks up beside the page. */
export interface StackApi {
  /** Calls a route as somebody. @throws Error unless the answer is a success */
  readonly call: <T>(
    as: SignInAs,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ) => Promise<T>;
  /** Sends events about a lead that sales wants, and returns its hand-off once it is requested. */
  readonly handOff: (leadId: string, attributes?: Readonly<Record<string, string>>) => Promise<Handoff>;
  /** Returns a lead once it is as a test expects. */
  readonly untilLead: (
    leadId: string,
    isExpected: (lead: Answer<'getLead'>) => boolean,
  ) => Promise<Answer<'getLead'>>;
  /** Returns the hand-off of a lead once it has a state. */
  readonly untilHandoff: (leadId: string, state: string) => Promise<Handoff>;
}

const admin: SignInAs = { role: 'admin', subject: 'ann@example.com' };

const issueToken = async (endpoint: string, as: SignInAs): Promise<string> => {
  const response = await fetch(`${endpoint}/local/tokens`, { method: 'POST', body: JSON.stringify(as) });
  return ((await response.json()) as { token: string }).token;
};

/** Repeats a question until it has an answer. The test's own timeout ends it. */
const until = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    await wait(150);
  }
};

/** Returns the events after which the default model hands a lead off to the queue sales. */
const wantedEvents = (leadId: string, attributes: Readonly<Record<string, string>>) => {
  const occurredAt = new Date().toISOString();
  return [
    [
      'LeadProfileUpdated',
      { attributes: { seniority: 'executive', industry: 'software', employees: '600', ...attributes } },
    ],
    ['LeadActivityRecorded', { activity: 'demo_requested' }],
    [
      'LeadAnswersRecorded',
      {
        answers: {
          need: { value: 'critical' },
          budget: { value: 'approved' },
          authority: { value: 'decides' },
        },
      },
    ],
  ].map(([type, data], i) => ({
    source: 'marketing.web',
    'detail-type': type,
    detail: {
      metadata: { eventId: `${leadId}-${i}`, occurredAt, schemaVersion: 1 },
      data: { leadId, ...(data as object) },
    },
  }));
};

/** Returns the API of a stack. @param endpoint such as http://127.0.0.1:8010 */
export const createStackApi = (endpoint: string): StackApi => {
  const call: StackApi['call'] = async (as, method, path, body) => {
    const response = await fetch(`${endpoint}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await issueToken(endpoint, as)}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as never;
  };
  const untilHandoff: StackApi['untilHandoff'] = (leadId, state) =>
    until(async () => {
      const path = `/api/handoffs?limit=200&state=${state}`;
      const { handoffs } = await call<Answer<'listHandoffs'>>(admin, 'GET', path);
      return handoffs.find((each) => each.leadId === leadId);
    });
  return {
    call,
    untilHandoff,
    handOff: async (leadId, attributes = {}) => {
      await call(admin, 'POST', '/api/events', wantedEvents(leadId, attributes));
      return untilHandoff(leadId, 'open');
    },
    untilLead: (leadId, isExpected) =>
      until(async () => {
        const lead = await call<Answer<'getLead'>>(admin, 'GET', `/api/leads/${leadId}`);
        return isExpected(lead) ? lead : undefined;
      }),
  };
};
