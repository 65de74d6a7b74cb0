import { isNestedDeeper, isObject, parseJson, showValue } from '../../../events/index.ts';
import { findTooMany, malformed, nameType, readJson } from '../json-body.ts';
import {
  idProblem,
  instantOfText,
  malformedPart,
  type Part,
  payloadPart,
  readId,
  readText,
  splitInto,
} from '../payload.ts';
import { decodeHex, malformedSignature, readOnce, sha1Bytes, verifySigned } from '../signature.ts';
import type { Received, SourceKind, SourceOf, Split, Verification } from '../webhook.ts';

const header = 'x-signature';

/**
 * Returns the bytes that Segment signs: of a batch only its first event, written anew. Anybody may send what is parsed
 * here, and JSON that is nested deeply can be parsed but not written: Segment has signed no such event.
 */
const signedBytes = ({ body }: Received): Buffer | string => {
  if (!/^\s*\[/.test(body.subarray(0, 64).toString())) return body;
  const batch = parseJson(body.toString());
  const first: unknown = Array.isArray(batch) ? batch[0] : undefined;
  return first === undefined || isNestedDeeper(first) ? body : JSON.stringify(first);
};

const verify: SourceKind<'segment'>['verify'] = (received, proof): Verification => {
  const signature = readOnce(received, header, 'missing-signature');
  if (!signature.ok) return signature.refusal;
  const given = decodeHex(signature.value, sha1Bytes);
  if (given === undefined) return malformedSignature(header, 'a SHA-1 in hexadecimal digits');
  const signed = { header, given: [given], bytes: [signedBytes(received)] };
  return verifySigned({ algorithm: 'sha1' }, signed, proof);
};

/** Returns the name of an event: its type, of a track call with the name of what happened. */
const nameOf = (event: unknown): string => {
  const { type, event: tracked } = isObject(event) ? event : {};
  const name = readText(type) ?? '(no type)';
  return name === 'track' ? `track ${readText(tracked) ?? '(no event)'}` : name;
};

/** Reads an event of Segment, by whatever way it came. */
export const readSegmentEvent = (event: unknown): Part => {
  const name = nameOf(event);
  if (!isObject(event))
    return malformedPart(name, event, { path: 'body', given: showValue(event), allowed: 'an object' });
  const recordId = readId(event.messageId);
  if (recordId === undefined) return malformedPart(name, event, idProblem('messageId', event.messageId));
  // Segment corrects `timestamp` by the clock of the device.
  return payloadPart({ name, recordId, content: event }, instantOfText(event.timestamp));
};

const unproven = (event: unknown): Part => ({
  passed: {
    name: nameOf(event),
    why: 'unproven',
    content: event,
    problem: {
      path: 'body',
      given: 'an event of a batch',
      allowed: 'an event that is sent alone: Segment signs only the first event of a batch',
    },
  },
});

const splitBatch = ([first, ...others]: readonly unknown[]): Split =>
  splitInto([readSegmentEvent(first), ...others.map(unproven)]);

const split = (received: Received, { batching }: SourceOf<'segment'>): Split => {
  const read = readJson(received);
  if (read.kind === 'malformed') return read;
  const { value } = read;
  if (isObject(value)) return splitInto([readSegmentEvent(value)]);
  if (!Array.isArray(value) || value.length === 0)
    return malformed('invalid-request', { path: 'body', given: nameType(value), allowed: 'an event' });
  if (batching === 'refuse') {
    const allowed =
      'events sent one by one: turn batching off, since only the first event of a batch is signed';
    return malformed('invalid-request', { path: 'body', given: `a batch of ${value.length}`, allowed });
  }
  return findTooMany(value) ?? splitBatch(value);
};

/** Segment's webhooks. Source: Segment's pages on its webhook destinations and on the common fields of its calls. */
export const segment: SourceKind<'segment'> = { verify, split };
