import { findAtPath } from '../../mapping/index.ts';
import { verifyHeader } from '../bearer.ts';
import { findTooMany, malformed, nameType, readJson } from '../json-body.ts';
import { idProblem, malformedPart, type Part, payloadPart, readId, splitInto } from '../payload.ts';
import type { Received, SourceKind, SourceOf, Split, Verification } from '../webhook.ts';

type Generic = SourceOf<'generic'>;

const verify: SourceKind<'generic'>['verify'] = (received, proof, { header }): Verification =>
  verifyHeader(received, header, proof, [received.headers['content-type'] ?? '', received.body]);

/** Returns the value at a path; undefined if the path doesn't fit the value, such as a function of another type. */
const find = (path: string, value: unknown): unknown => {
  const found = findAtPath(path, value);
  return 'value' in found ? found.value : undefined;
};

const readItem = (item: unknown, { recordId: idPath, payloadName }: Generic): Part => {
  const name = (payloadName === undefined ? undefined : readId(find(payloadName, item))) ?? 'payload';
  const given = find(idPath, item);
  const recordId = readId(given);
  if (recordId === undefined) return malformedPart(name, item, idProblem(idPath, given));
  return payloadPart({ name, recordId, content: item }, undefined);
};

const split = (received: Received, source: Generic): Split => {
  const read = readJson(received);
  if (read.kind === 'malformed') return read;
  if (source.items === undefined) return splitInto([readItem(read.value, source)]);
  const items = find(source.items, read.value);
  if (!Array.isArray(items))
    return malformed('invalid-request', { path: source.items, given: nameType(items), allowed: 'a list' });
  return findTooMany(items) ?? splitInto(items.map((item) => readItem(item, source)));
};

/** Webhooks of any sender that can send JSON and a secret in a header. */
export const generic: SourceKind<'generic'> = { verify, split };
