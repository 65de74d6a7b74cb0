import { isObject, minuteMs } from '../../../events/index.ts';
import { readObject } from '../json-body.ts';
import { idProblem, instantOfText, malformedPart, payloadPart, readText, splitInto } from '../payload.ts';
import {
  checkTimestamp,
  decodeHex,
  malformedSignature,
  refuse,
  sha256Bytes,
  verifySigned,
} from '../signature.ts';
import type { Received, SourceKind, Split, Verification } from '../webhook.ts';

const header = 'calendly-webhook-signature';
const form = 't=<seconds>,v1=<SHA-256 in hexadecimal digits>';

/** Returns the values of a name in a header such as `t=1,v1=ab`. */
const valuesOf = (value: string, name: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));

const verify: SourceKind<'calendly'>['verify'] = (received, proof): Verification => {
  const path = `headers.${header}`;
  const value = received.headers[header]?.trim() ?? '';
  if (value === '') return refuse('missing-signature', { path, given: 'nothing', allowed: form });
  const [timestamp, ...others] = valuesOf(value, 't');
  if (timestamp === undefined) return refuse('missing-timestamp', { path, given: 'no t', allowed: form });
  if (others.length > 0) return refuse('repeated-header', { path, given: 'several t', allowed: 'one' });
  const untimely = checkTimestamp(timestamp, { path, unitMs: 1_000, windowMs: 3 * minuteMs }, proof.now);
  if (untimely !== undefined) return untimely;
  const given = valuesOf(value, 'v1').map((text) => decodeHex(text, sha256Bytes));
  const readable = given.filter((each) => each !== undefined);
  if (readable.length === 0 || readable.length < given.length) return malformedSignature(header, form);
  const bytes = [timestamp, '.', received.body];
  return verifySigned({ algorithm: 'sha256' }, { header, given: readable, bytes }, proof);
};

type Fields = Readonly<Record<string, unknown>>;

/** Returns the answers to the questions of the booking page, by question. */
const readAnswers = ({ questions_and_answers: pairs }: Fields): Fields => {
  const list: unknown[] = Array.isArray(pairs) ? pairs : [];
  const entries = list.filter(isObject).flatMap(({ question, answer }): [string, unknown][] => {
    const name = readText(question);
    return name === undefined || answer === undefined ? [] : [[name, answer]];
  });
  return Object.fromEntries(entries);
};

/**
 * Returns the name of a payload. A meeting that is moved is cancelled and created: the cancellation has a name of its own,
 * so that no mapping takes it for a lead who has called off.
 */
const nameOf = (event: unknown, { rescheduled }: Fields): string => {
  const name = readText(event) ?? '(no event)';
  return name === 'invitee.canceled' && rescheduled === true ? `${name} rescheduled` : name;
};

const split = (received: Received): Split => {
  const read = readObject(received);
  if (read.kind === 'malformed') return read;
  const body = read.value;
  const payload = isObject(body.payload) ? body.payload : {};
  const name = nameOf(body.event, payload);
  const uri = readText(payload.uri);
  if (uri === undefined) return splitInto([malformedPart(name, body, idProblem('payload.uri', payload.uri))]);
  const content = { ...body, answers: readAnswers(payload) };
  const recordId = JSON.stringify([uri, body.event]);
  return splitInto([payloadPart({ name, recordId, content }, instantOfText(body.created_at))]);
};

/** Calendly's webhooks. Source: Calendly's pages on webhook signatures and payloads. */
export const calendly: SourceKind<'calendly'> = { verify, split };
