import { minuteMs } from '../../../events/index.ts';
import { readObject } from '../json-body.ts';
import {
  idProblem,
  instantOfMs,
  malformedPart,
  payloadPart,
  readId,
  readText,
  splitInto,
} from '../payload.ts';
import {
  checkTimestamp,
  decodeHex,
  malformedSignature,
  readOnce,
  sha256Bytes,
  verifySigned,
} from '../signature.ts';
import type { Received, SourceKind, Split, Verification } from '../webhook.ts';

const header = 'x-cio-signature';
const timestampHeader = 'x-cio-timestamp';

const verify: SourceKind<'customerio'>['verify'] = (received, proof): Verification => {
  const signature = readOnce(received, header, 'missing-signature');
  if (!signature.ok) return signature.refusal;
  const timestamp = readOnce(received, timestampHeader, 'missing-timestamp');
  if (!timestamp.ok) return timestamp.refusal;
  const rule = { path: `headers.${timestampHeader}`, unitMs: 1_000, windowMs: 5 * minuteMs } as const;
  const untimely = checkTimestamp(timestamp.value, rule, proof.now);
  if (untimely !== undefined) return untimely;
  const given = decodeHex(signature.value, sha256Bytes);
  if (given === undefined) return malformedSignature(header, 'a SHA-256 in hexadecimal digits');
  const bytes = ['v0:', timestamp.value, ':', received.body];
  return verifySigned({ algorithm: 'sha256' }, { header, given: [given], bytes }, proof);
};

const split = (received: Received): Split => {
  const read = readObject(received);
  if (read.kind === 'malformed') return read;
  const { value: body } = read;
  const name = `${readText(body.object_type) ?? '(no type)'} ${readText(body.metric) ?? '(no metric)'}`;
  const recordId = readId(body.event_id);
  if (recordId === undefined)
    return splitInto([malformedPart(name, body, idProblem('event_id', body.event_id))]);
  const seconds = body.timestamp;
  const at = typeof seconds === 'number' ? instantOfMs(seconds * 1_000) : undefined;
  return splitInto([payloadPart({ name, recordId, content: body }, at)]);
};

/** Customer.io's reporting webhooks. Source: Customer.io's page on webhooks. */
export const customerio: SourceKind<'customerio'> = { verify, split };
