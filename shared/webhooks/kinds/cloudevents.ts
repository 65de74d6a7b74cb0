import { isObject, type Problem, showValue } from '../../../events/index.ts';
import { verifyHeader } from '../bearer.ts';
import { essenceOf, findTooMany, isJson, malformed, nameType, parseJsonBytes } from '../json-body.ts';
import { instantOfText, malformedPart, type Part, payloadPart, readText, splitInto } from '../payload.ts';
import type { Received, SourceKind, Split, Verification } from '../webhook.ts';

type Fields = Readonly<Record<string, unknown>>;

const prefix = 'ce-';

/** The form of a header with an attribute. `data` isn't one: it is the body. */
const attributeForm = /^ce-(?!data$)[a-z0-9]+$/;

/** Returns the headers that belong to an event in binary mode, without their prefix. */
const attributesOf = ({ headers }: Received): [string, string][] =>
  Object.entries(headers)
    .filter(([name]) => attributeForm.test(name))
    .map(([name, value]): [string, string] => [name.slice(prefix.length), value])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const verify: SourceKind<'cloudevents'>['verify'] = (received, proof): Verification =>
  verifyHeader(received, 'authorization', proof, [
    received.headers['content-type'] ?? '',
    JSON.stringify(attributesOf(received)),
    received.body,
  ]);

/** Decodes the value of a header: percent escapes, as the HTTP binding has them. One that is none stays as it is. */
const decodeValue = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** Finds the attribute without which something is no CloudEvent. The answer to a request may contain the problem. */
const findMissing = (event: Fields): Problem | undefined => {
  if (event.specversion !== '1.0')
    return { path: 'specversion', given: nameOther(event.specversion), allowed: '1.0' };
  const missing = ['id', 'source', 'type'].find((name) => readText(event[name]) === undefined);
  return missing === undefined
    ? undefined
    : { path: missing, given: nameType(event[missing]), allowed: 'a text that is not empty' };
};

const nameOther = (value: unknown): string => (typeof value === 'string' ? 'another text' : nameType(value));

/** Decodes `data_base64`; undefined if it isn't JSON, or if there are data beside it. */
const decodeData = ({
  data_base64: encoded,
  data,
  datacontenttype,
}: Fields): { data: unknown } | undefined => {
  const type = readText(datacontenttype);
  const isReadable = data === undefined && (type === undefined || isJson(essenceOf(type)));
  if (typeof encoded !== 'string' || !isReadable) return undefined;
  const read = parseJsonBytes(Buffer.from(encoded, 'base64'));
  return read.kind === 'json' ? { data: read.value } : undefined;
};

const eventPart = (event: Fields): Part => {
  const { data_base64: encoded, ...rest } = event;
  const name = String(event.type);
  const decoded = encoded === undefined ? {} : decodeData(event);
  if (decoded === undefined) {
    const allowed = 'JSON in base64, and no data beside it';
    return malformedPart(name, event, { path: 'data_base64', given: showValue(encoded), allowed });
  }
  const recordId = JSON.stringify([event.source, event.id]);
  return payloadPart({ name, recordId, content: { ...rest, ...decoded } }, instantOfText(event.time));
};

const single = (event: unknown): Split => {
  if (!isObject(event))
    return malformed('invalid-request', { path: 'body', given: nameType(event), allowed: 'an event' });
  const missing = findMissing(event);
  return missing === undefined ? splitInto([eventPart(event)]) : malformed('invalid-request', missing);
};

/** Reads one event of a batch. One that is wrong stops no other. */
const batched = (event: unknown): Part => {
  if (!isObject(event))
    return malformedPart('(no type)', event, { path: 'body', given: showValue(event), allowed: 'an event' });
  const missing = findMissing(event);
  return missing === undefined
    ? eventPart(event)
    : malformedPart(readText(event.type) ?? '(no type)', event, missing);
};

const splitBatch = (events: unknown): Split => {
  if (!Array.isArray(events))
    return malformed('invalid-request', {
      path: 'body',
      given: nameType(events),
      allowed: 'a list of events',
    });
  return findTooMany(events) ?? splitInto(events.map(batched));
};

const splitBinary = (received: Received): Split => {
  const type = received.headers['content-type'];
  if (received.body.length > 0 && type !== undefined && !isJson(essenceOf(type)))
    return malformed('unsupported-media-type', {
      path: 'headers.content-type',
      given: showValue(type),
      allowed: 'application/json or application/cloudevents+json',
    });
  const data = received.body.length === 0 ? undefined : parseJsonBytes(received.body);
  if (data?.kind === 'malformed') return data;
  const attributes = Object.fromEntries(
    attributesOf(received).map(([name, value]) => [name, decodeValue(value)]),
  );
  return single({
    ...attributes,
    ...(type !== undefined && { datacontenttype: type }),
    ...(data !== undefined && { data: data.value }),
  });
};

const structured = 'application/cloudevents';

const split = (received: Received): Split => {
  const given = received.headers['content-type'];
  const essence = essenceOf(given);
  if (!essence.startsWith(structured)) return splitBinary(received);
  const rest = essence.slice(structured.length);
  if (rest !== '+json' && rest !== '-batch+json')
    return malformed('unsupported-media-type', {
      path: 'headers.content-type',
      given: showValue(given),
      allowed: `${structured}+json, ${structured}-batch+json or application/json`,
    });
  const read = parseJsonBytes(received.body);
  if (read.kind === 'malformed') return read;
  return rest === '+json' ? single(read.value) : splitBatch(read.value);
};

/** CloudEvents 1.0 over HTTP, binary, structured and batched. They aren't signed: a secret comes in `Authorization`. */
export const cloudevents: SourceKind<'cloudevents'> = { verify, split };
