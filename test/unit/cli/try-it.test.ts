import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tryPayloads } from '../../../cli/source/try-payloads.ts';
import { freshenPayload } from '../../../cli/try-it/fresh-payload.ts';
import { buildSamples } from '../../../cli/try-it/samples.ts';
import { signWebhook } from '../../../cli/try-it/sign-webhook.ts';
import { inboundContracts, parseInbound } from '../../../events/index.ts';
import { readSources } from '../../../shared/source-documents/index.ts';
import { type WebhookSource, webhookKinds } from '../../../shared/sources/index.ts';
import { kindOf } from '../../../shared/webhooks/index.ts';
import { buildSource, samples as payloads, secretOf } from '../../support/webhooks.ts';

const root = join(import.meta.dirname, '../../..');
const sources = readSources(join(root, 'sources'));
const now = Date.parse('2027-03-05T12:00:00.000Z');

describe('the samples of the page Try it', () => {
  const samples = buildSamples(sources, now);

  it('have an event of every type that producers may send, valid and of now', () => {
    const types = Object.keys(inboundContracts).filter((type) => type !== 'LeadIdentified');
    expect(samples.events.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
    for (const { type, event } of samples.events) {
      expect(parseInbound(event, now), type).toMatchObject({ ok: true });
      expect(event.time, type).toBe('2027-03-05T12:00:00.000Z');
    }
  });

  it('are about a lead of their own', () => {
    for (const { event } of samples.events) expect(event.detail.data).toMatchObject({ leadId: 'try-it' });
  });

  it('have what the vendor of each shipped source sends, which becomes events of the last day', () => {
    expect(new Set(samples.payloads.map(({ kind }) => kind))).toEqual(new Set(webhookKinds));
    for (const { source, name, payload, isSendable } of samples.payloads) {
      const document = sources.find((each) => each.name === source);
      const tried = document && tryPayloads(document, payload, now);
      const events =
        tried !== undefined && 'payloads' in tried ? tried.payloads.flatMap((each) => each.events) : [];
      expect([source, name, isSendable, events.length > 0]).toEqual([source, name, true, true]);
      for (const { occurredAt } of events) {
        const age = now - Date.parse(occurredAt);
        expect([source, name, age >= 0 && age < 86_400_000]).toEqual([source, name, true]);
      }
    }
  });

  it('are new each time, so that none is taken for one that has come before', () => {
    const again = buildSamples(sources, now);
    for (const [i, { event }] of samples.events.entries())
      expect(again.events[i]?.event.detail.metadata.eventId).not.toBe(event.detail.metadata.eventId);
    const recordIdsOf = ({ payloads: given }: typeof samples) =>
      given.flatMap(({ source, payload }) => {
        const document = sources.find((each) => each.name === source);
        // The id of a message of Standard Webhooks is in a header, which sending makes.
        const tried =
          document?.kind !== 'standard-webhooks' && document && tryPayloads(document, payload, now);
        return tried && 'payloads' in tried ? tried.payloads.flatMap(({ recordId }) => recordId ?? []) : [];
      });
    const before = new Set(recordIdsOf(samples));
    expect(before.size).toBeGreaterThan(10);
    expect(recordIdsOf(again).filter((id) => before.has(id))).toEqual([]);
  });
});

describe('a payload that is sent as if it were of now', () => {
  it('keeps the distance and the form of its instants, and all that is none', () => {
    const given = {
      at: '2026-03-01T10:00:00+01:00',
      seconds: 1_772_355_600,
      list: [{ ms: 1_772_355_540_000 }],
      employees: 240,
      portal: 3_310_251,
      text: 'on 2026-03-01T10:00:00Z',
      none: null,
    };
    expect(freshenPayload('salesforce-cdc', given, now)).toEqual({
      ...given,
      at: '2027-03-05T12:00:00.000Z',
      seconds: now / 1_000,
      list: [{ ms: now - 60_000 }],
    });
  });

  it('stays as it is if it has no instant', () => {
    expect(freshenPayload('salesforce-cdc', { a: [1, 'x', true] }, now)).toEqual({ a: [1, 'x', true] });
  });
});

describe('a webhook that the page Try it signs', () => {
  const url = 'http://127.0.0.1:8010/hooks/x';
  const verify = (source: WebhookSource, body: string, signed: string, secret = secretOf(source.kind)) => {
    const headers = signWebhook({ source, url, body: signed, secret, now });
    const received = { method: 'POST', url, headers, body: Buffer.from(body) };
    return kindOf(source).verify(received, { secrets: [secretOf(source.kind)], now }, source).kind;
  };

  it.each(webhookKinds)('is proven to be of its vendor: %s', (kind) => {
    const source = buildSource(kind);
    const body = JSON.stringify(payloads[kind]);
    expect(verify(source, body, body)).toBe('verified');
    expect(verify(source, body, body, secretOf(kind).replace('e', 'f').replace('9', '8'))).toBe('refused');
  });

  it('is proven by the first event if Segment sends several', () => {
    expect(verify(buildSource('segment'), '[ {"a": 1}, {"b": 2} ]', '[ {"a": 1}, {"b": 2} ]')).toBe(
      'verified',
    );
  });
});
