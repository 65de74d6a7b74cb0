import { createHmac } from 'node:crypto';
import { parseSource } from '../../shared/source-documents/index.ts';
import type { WebhookSource } from '../../shared/sources/index.ts';
import type { Received, SourceOf } from '../../shared/webhooks/index.ts';
import type { WebhookKind } from '../../shared/webhooks/webhook.ts';
import { now } from './events.ts';

/** The secret of a test's source. */
export const secret = 'sluice-test-key';

/** The secret of a source of Standard Webhooks: bytes in base64. */
const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Returns the secret that a test gives to sources of a kind. */
export const secretOf = (kind: WebhookKind): string =>
  kind === 'standard-webhooks' ? standardSecret : secret;

/** The public URL of the door in tests. */
export const hooksUrl = 'https://hooks.example.com';

const identity = (path: string) => ({ identifiers: [{ type: 'email', path }] });

/** Returns a mapping whose leads are known by the address at one path, with one activity. */
const activity = (email: string, name = 'form_submitted', more: object = {}) => ({
  identity: identity(email),
  events: [{ type: 'LeadActivityRecorded', activity: { fixed: name }, ...more }],
});

const documents: { readonly [Kind in WebhookKind]: object } = {
  hubspot: {
    ownSourceIds: ['4711'],
    ownProperties: ['sluice_tier'],
    ignore: ['contact.deletion'],
    mapping: {
      identity: { identifiers: [{ type: 'hubspot', path: 'not_null(primaryObjectId, objectId)' }] },
      events: [
        {
          type: 'LeadProfileUpdated',
          when: { path: 'propertyName', equals: 'jobtitle' },
          attributes: { jobTitle: 'properties.jobtitle' },
        },
        {
          type: 'LeadsMerged',
          when: { path: 'subscriptionType', equals: 'contact.merge' },
          mergedIdentifiers: [{ type: 'hubspot', path: 'mergedObjectId' }],
        },
        {
          type: 'LeadErasureRequested',
          when: { path: 'subscriptionType', equals: 'contact.privacyDeletion' },
        },
      ],
    },
  },
  segment: {
    mapping: activity('properties.email', 'demo_requested', {
      when: { path: 'event', equals: 'Demo Requested' },
    }),
  },
  typeform: { mapping: activity('answers.email') },
  calendly: {
    mapping: activity('payload.email', 'meeting_booked', {
      when: { path: 'event', equals: 'invitee.created' },
    }),
  },
  customerio: { mapping: activity('data.identifiers.email', 'email_opened') },
  cloudevents: { origins: ['events.example.com'], rate: 120, mapping: activity('data.email') },
  'standard-webhooks': { mapping: activity('data.email') },
  generic: {
    header: 'X-Sluice-Secret',
    items: 'records',
    recordId: 'id',
    payloadName: 'kind',
    mapping: { ...activity('email'), occurredAt: { path: 'at' } },
  },
};

/** Returns a source of a kind, checked like one that is deployed. */
export const buildSource = <Kind extends WebhookKind>(kind: Kind, more: object = {}): SourceOf<Kind> => {
  const document = { name: kind, kind, owner: 'Marketing', ...documents[kind], ...more };
  const parsed = parseSource(JSON.stringify(document));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.source as WebhookSource as SourceOf<Kind>;
};

const milliseconds = String(now);
const seconds = String(now / 1_000);

const hash = (
  key: string | Buffer,
  text: string | Buffer,
  encoding: 'hex' | 'base64',
  by = 'sha256',
): string => createHmac(by, key).update(text).digest(encoding);

/** Returns the headers by which the vendor of a kind proves a body, signed with a secret at the clock of the tests. */
export const signers: {
  readonly [Kind in WebhookKind]: (
    body: string,
    key?: string,
    at?: { readonly url?: string; readonly time?: string },
  ) => Record<string, string>;
} = {
  hubspot: (body, key = secret, { url = `${hooksUrl}/hooks/hubspot`, time = milliseconds } = {}) => ({
    'x-hubspot-signature-v3': hash(key, `POST${url}${body}${time}`, 'base64'),
    'x-hubspot-request-timestamp': time,
  }),
  segment: (body, key = secret) => ({ 'x-signature': hash(key, body, 'hex', 'sha1') }),
  typeform: (body, key = secret) => ({ 'typeform-signature': `sha256=${hash(key, body, 'base64')}` }),
  calendly: (body, key = secret, { time = seconds } = {}) => ({
    'calendly-webhook-signature': `t=${time},v1=${hash(key, `${time}.${body}`, 'hex')}`,
  }),
  customerio: (body, key = secret, { time = seconds } = {}) => ({
    'x-cio-timestamp': time,
    'x-cio-signature': hash(key, `v0:${time}:${body}`, 'hex'),
  }),
  cloudevents: (_body, key = secret) => ({ authorization: `Bearer ${key}` }),
  'standard-webhooks': (body, key = standardSecret, { time = seconds } = {}) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': time,
    'webhook-signature': `v1,${hash(Buffer.from(key.slice(6), 'base64'), `msg_1.${time}.${body}`, 'base64')}`,
  }),
  generic: (_body, key = secret) => ({ 'x-sluice-secret': key }),
};

const at = '2026-05-31T23:59:00.000Z';

/** Payloads of each kind, as its vendor writes them. */
export const samples = {
  hubspot: [
    {
      eventId: 1,
      subscriptionId: 2,
      portalId: 3,
      appId: 4,
      occurredAt: Date.parse(at),
      subscriptionType: 'contact.propertyChange',
      attemptNumber: 0,
      objectId: 123,
      changeSource: 'CRM_UI',
      sourceId: 'userId:9',
      propertyName: 'jobtitle',
      propertyValue: 'CTO',
    },
  ],
  segment: {
    type: 'track',
    event: 'Demo Requested',
    messageId: 'm-1',
    timestamp: at,
    userId: 'u-1',
    properties: { email: 'ada@example.com' },
  },
  typeform: {
    event_id: 'f-1',
    event_type: 'form_response',
    form_response: {
      form_id: 'form',
      token: 't',
      landed_at: '2026-05-31T23:58:00Z',
      submitted_at: at,
      answers: [
        { type: 'email', email: 'ada@example.com', field: { id: 'a', type: 'email', ref: 'email' } },
        {
          type: 'choice',
          choice: { label: 'Yes' },
          field: { id: 'b', type: 'multiple_choice', ref: 'budget' },
        },
        {
          type: 'choices',
          choices: { labels: ['A', 'B'], other: 'C' },
          field: { id: 'c', type: 'multiple_choice', ref: 'tools' },
        },
        { type: 'number', number: 40, field: { id: 'd', type: 'number', ref: 'employees' } },
        { type: 'boolean', boolean: false, field: { id: 'e', type: 'yes_no', ref: 'authority' } },
        { type: 'payment', payment: { amount: '9.90', success: true }, field: { id: 'f', type: 'payment' } },
      ],
    },
  },
  calendly: {
    event: 'invitee.created',
    created_at: at,
    created_by: 'https://api.calendly.com/users/A',
    payload: {
      uri: 'https://api.calendly.com/scheduled_events/E/invitees/I',
      email: 'ada@example.com',
      rescheduled: false,
      questions_and_answers: [{ question: 'Employees?', answer: '40', position: 0 }],
    },
  },
  customerio: {
    event_id: 'c-1',
    object_type: 'email',
    metric: 'opened',
    timestamp: Date.parse(at) / 1_000,
    data: { identifiers: { email: 'ada@example.com' } },
  },
  cloudevents: {
    specversion: '1.0',
    id: 'e-1',
    source: '/shop',
    type: 'com.example.signup',
    time: at,
    datacontenttype: 'application/json',
    data: { email: 'ada@example.com' },
  },
  'standard-webhooks': { type: 'user.created', timestamp: at, data: { email: 'ada@example.com' } },
  generic: { records: [{ id: 7, kind: 'signup', email: 'ada@example.com', at }] },
} as const satisfies Readonly<Record<WebhookKind, unknown>>;

/** Returns the media type with which a kind sends its sample. */
export const mediaTypeOf = (kind: WebhookKind): string =>
  kind === 'cloudevents' ? 'application/cloudevents+json' : 'application/json';

/** Returns a signed webhook of a kind. */
export const buildReceived = (
  kind: WebhookKind,
  body: unknown = samples[kind],
  headers: Readonly<Record<string, string>> = {},
): Received => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    method: 'POST',
    url: `${hooksUrl}/hooks/${kind}`,
    headers: { 'content-type': mediaTypeOf(kind), ...signers[kind](text), ...headers },
    body: Buffer.from(text),
  };
};
