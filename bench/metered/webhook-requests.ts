import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import type { GatewayAnswer, GatewayRequest } from '../../shared/api/index.ts';
import { benchSecrets, hooksUrl } from '../integrations.ts';

let eventId = 1;

/** Returns a change of the job title of a contact, as HubSpot writes it. */
const payload = (objectId: number, now: number) => ({
  eventId: eventId++,
  subscriptionId: 2,
  portalId: 3,
  appId: 4,
  occurredAt: now - 1_000,
  subscriptionType: 'contact.propertyChange',
  attemptNumber: 0,
  objectId,
  changeSource: 'CRM_UI',
  sourceId: 'userId:9',
  propertyName: 'jobtitle',
  propertyValue: 'Head of Operations',
  properties: { jobtitle: 'Head of Operations' },
});

/**
 * Returns a webhook of HubSpot as the HTTP API passes it, signed now, with a payload for each of some contacts.
 *
 * @param first the id of the first contact
 */
export const buildWebhook = (first: number, payloads: number): GatewayRequest => {
  const now = Date.now();
  const rawPath = '/hooks/hubspot';
  const body = JSON.stringify(Array.from({ length: payloads }, (_, i) => payload(first + i, now)));
  const signature = createHmac('sha256', benchSecrets.hubspot[0])
    .update(`POST${hooksUrl}${rawPath}${body}${now}`)
    .digest('base64');
  return {
    routeKey: 'POST /hooks/{source}',
    rawPath,
    pathParameters: { source: 'hubspot' },
    headers: {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': signature,
      'x-hubspot-request-timestamp': String(now),
    },
    requestContext: { requestId: randomUUID(), http: { method: 'POST' } },
    body,
  };
};

/** Checks that all payloads of a webhook were taken in. */
export const checkTaken = (answer: unknown, payloads: number): void => {
  const { statusCode, body } = answer as GatewayAnswer;
  assert.equal(statusCode, 200, body);
  assert.equal(JSON.parse(body).taken, payloads, body);
};
