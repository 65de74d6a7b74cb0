import { isObject } from '../../../events/index.ts';
import { readObject } from '../json-body.ts';
import {
  idProblem,
  instantOfText,
  malformedPart,
  payloadPart,
  readId,
  readText,
  splitInto,
} from '../payload.ts';
import { decodeBase64, malformedSignature, readOnce, sha256Bytes, verifySigned } from '../signature.ts';
import type { Received, SourceKind, Split, Verification } from '../webhook.ts';

const header = 'typeform-signature';
const prefix = 'sha256=';

const verify: SourceKind<'typeform'>['verify'] = (received, proof): Verification => {
  const signature = readOnce(received, header, 'missing-signature');
  if (!signature.ok) return signature.refusal;
  const { value } = signature;
  const given = value.startsWith(prefix) ? decodeBase64(value.slice(prefix.length), sha256Bytes) : undefined;
  if (given === undefined) return malformedSignature(header, '"sha256=" and a SHA-256 in base64');
  return verifySigned({ algorithm: 'sha256' }, { header, given: [given], bytes: [received.body] }, proof);
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** Returns the texts of a choice: what was offered and picked, and what was written beside. */
const readChoice = (value: unknown): unknown => {
  const { label, other } = fieldsOf(value);
  return label ?? other;
};

const readChoices = (value: unknown): unknown => {
  const { labels, other } = fieldsOf(value);
  const picked: unknown[] = Array.isArray(labels) ? labels : [];
  return other === undefined || other === null ? picked : [...picked, other];
};

/** Returns the plain value of an answer, which is in a field that is named like the answer's type. */
const readAnswer = (answer: Fields): unknown => {
  const value = answer[String(answer.type)];
  if (answer.type === 'choice') return readChoice(value);
  if (answer.type === 'choices') return readChoices(value);
  return answer.type === 'payment' ? fieldsOf(value).amount : value;
};

/** Returns the answers by the references of their questions, the only names that last; by id if a question has none. */
const readAnswers = (response: Fields): Fields => {
  const answers: unknown[] = Array.isArray(response.answers) ? response.answers : [];
  const entries = answers.filter(isObject).flatMap((answer): [string, unknown][] => {
    const { ref, id } = fieldsOf(answer.field);
    const name = readText(ref) ?? readText(id);
    const value = readAnswer(answer);
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
};

const split = (received: Received): Split => {
  const read = readObject(received);
  if (read.kind === 'malformed') return read;
  const body = read.value;
  const name = readText(body.event_type) ?? '(no type)';
  const recordId = readId(body.event_id);
  if (recordId === undefined)
    return splitInto([malformedPart(name, body, idProblem('event_id', body.event_id))]);
  const response = fieldsOf(body.form_response);
  // A response that isn't finished has no instant at which it was submitted.
  const at = instantOfText(response.submitted_at) ?? instantOfText(response.landed_at);
  return splitInto([
    payloadPart({ name, recordId, content: { ...body, answers: readAnswers(response) } }, at),
  ]);
};

/** Typeform's webhooks. Source: Typeform's pages on webhooks. */
export const typeform: SourceKind<'typeform'> = { verify, split };
