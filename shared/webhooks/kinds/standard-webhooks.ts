import { minuteMs } from '../../../events/index.ts';
import { parseSigningKey } from '../../signing/index.ts';
import { readObject } from '../json-body.ts';
import { instantOfText, payloadPart, readText, splitInto } from '../payload.ts';
import {
  checkTimestamp,
  decodeBase64,
  malformedSignature,
  readOnce,
  refuse,
  sha256Bytes,
  verifySigned,
} from '../signature.ts';
import type { Received, SourceKind, Split, Verification } from '../webhook.ts';

const header = 'webhook-signature';
const idHeader = 'webhook-id';
const timestampHeader = 'webhook-timestamp';

/** Returns the signatures of version 1 in the header, which lists several while a secret is rotated. */
const readSignatures = (value: string): readonly (Buffer | undefined)[] =>
  value
    .split(' ')
    .filter((entry) => entry.startsWith('v1,'))
    .map((entry) => decodeBase64(entry.slice(3), sha256Bytes));

const verify: SourceKind<'standard-webhooks'>['verify'] = (received, proof): Verification => {
  const id = readOnce(received, idHeader, 'missing-signature');
  if (!id.ok) return id.refusal;
  const timestamp = readOnce(received, timestampHeader, 'missing-timestamp');
  if (!timestamp.ok) return timestamp.refusal;
  const value = received.headers[header]?.trim() ?? '';
  const allowed = '"v1," and a SHA-256 in base64; several with a space between';
  if (value === '')
    return refuse('missing-signature', { path: `headers.${header}`, given: 'nothing', allowed });
  if (value.split(' ').some((entry) => entry.split(',').length > 2))
    return refuse('repeated-header', { path: `headers.${header}`, given: 'several headers', allowed });
  const rule = { path: `headers.${timestampHeader}`, unitMs: 1_000, windowMs: 5 * minuteMs } as const;
  const untimely = checkTimestamp(timestamp.value, rule, proof.now);
  if (untimely !== undefined) return untimely;
  const given = readSignatures(value).filter((each) => each !== undefined);
  if (given.length === 0) return malformedSignature(header, allowed);
  const bytes = [id.value, '.', timestamp.value, '.', received.body];
  return verifySigned({ algorithm: 'sha256', keyOf: parseSigningKey }, { header, given, bytes }, proof);
};

const split = (received: Received): Split => {
  const read = readObject(received);
  if (read.kind === 'malformed') return read;
  const { value: body } = read;
  const name = readText(body.type) ?? '(no type)';
  // The header was verified, so it is there. It is the same for all tries.
  const recordId = received.headers[idHeader]?.trim() ?? '';
  return splitInto([payloadPart({ name, recordId, content: body }, instantOfText(body.timestamp))]);
};

/** Webhooks by the specification Standard Webhooks 1.0.0, with symmetric signatures. */
export const standardWebhooks: SourceKind<'standard-webhooks'> = { verify, split };
