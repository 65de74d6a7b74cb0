import { isObject, minuteMs, type Problem, showValue } from '../../../events/index.ts';
import { decodeHubspotUri } from '../hubspot-uri.ts';
import { findTooMany, malformed, nameType, readJson } from '../json-body.ts';
import {
  idProblem,
  instantOfMs,
  malformedPart,
  type Part,
  payloadPart,
  readId,
  readText,
  splitInto,
} from '../payload.ts';
import {
  checkTimestamp,
  decodeBase64,
  malformedSignature,
  readOnce,
  sha256Bytes,
  verifySigned,
} from '../signature.ts';
import type { Received, SourceKind, SourceOf, Verification } from '../webhook.ts';

type Hubspot = SourceOf<'hubspot'>;
type Fields = Readonly<Record<string, unknown>>;

const signatureHeader = 'x-hubspot-signature-v3';
const timestampHeader = 'x-hubspot-request-timestamp';

/**
 * Verifies a signature of version 3. Versions 1 and 2, which HubSpot sends beside it, sign no instant, so that whoever
 * has seen one request could send it again for ever: they aren't read.
 */
const verify: SourceKind<'hubspot'>['verify'] = (received, proof): Verification => {
  const signature = readOnce(received, signatureHeader, 'missing-signature');
  if (!signature.ok) return signature.refusal;
  const timestamp = readOnce(received, timestampHeader, 'missing-timestamp');
  if (!timestamp.ok) return timestamp.refusal;
  const rule = { path: `headers.${timestampHeader}`, unitMs: 1, windowMs: 5 * minuteMs } as const;
  const untimely = checkTimestamp(timestamp.value, rule, proof.now);
  if (untimely !== undefined) return untimely;
  const given = decodeBase64(signature.value, sha256Bytes);
  if (given === undefined) return malformedSignature(signatureHeader, 'a SHA-256 in base64');
  const bytes = [received.method, decodeHubspotUri(received.url), received.body, timestamp.value];
  return verifySigned({ algorithm: 'sha256' }, { header: signatureHeader, given: [given], bytes }, proof);
};

/** Returns the name of an element: its type, for `object.…` also the type of the object, and the property. */
const nameOf = ({ subscriptionType, objectTypeId, propertyName }: Fields): string => {
  const type = readText(subscriptionType) ?? '(no type)';
  const object = type.startsWith('object.') ? readText(objectTypeId) : undefined;
  return [type, object, readText(propertyName)].filter((part) => part !== undefined).join(' ');
};

/**
 * Returns whether Sluice itself has made a change. A merge or a deletion counts whoever made it: what belongs to the
 * record has changed.
 */
const isOwn = ({ subscriptionType, sourceId, propertyName }: Fields, source: Hubspot): boolean => {
  const type = String(subscriptionType);
  if (!type.endsWith('.propertyChange') && !type.endsWith('.creation')) return false;
  const by = readId(sourceId);
  const property = readText(propertyName);
  return (
    (by !== undefined && source.ownSourceIds.includes(by)) ||
    (property !== undefined && source.ownProperties.includes(property))
  );
};

/** The fields that make the identity of an element. `eventId` alone isn't unique, and `attemptNumber` counts the tries. */
const identifying = ['portalId', 'subscriptionType', 'objectId', 'eventId', 'occurredAt'] as const;

const identify = (element: Fields): readonly string[] | Problem => {
  const ids = identifying.map((name) => readId(element[name]));
  const missing = identifying.find((_, i) => ids[i] === undefined);
  if (missing !== undefined) return idProblem(missing, element[missing]);
  return [...(ids as string[]), readText(element.propertyName) ?? ''];
};

const isMerge = ({ subscriptionType }: Fields): boolean => String(subscriptionType).endsWith('.merge');

/** The most records that one merge folds into another: HubSpot's users merge two at a time. Each makes some writes. */
const mostMerged = 20;

/** Returns the records that a merge has folded into another one: also the new one, if the merge has made one. */
const listMerged = ({ primaryObjectId, mergedObjectIds, newObjectId }: Fields): string[] => {
  const listed = Array.isArray(mergedObjectIds) ? mergedObjectIds : [];
  const ids = [...listed, newObjectId].map(readId).filter((id) => id !== undefined);
  return [...new Set(ids)].filter((id) => id !== readId(primaryObjectId));
};

const readMerge = (name: string, element: Fields, ids: readonly string[], at: string | undefined): Part[] => {
  const merged = listMerged(element);
  if (readId(element.primaryObjectId) === undefined)
    return [malformedPart(name, element, idProblem('primaryObjectId', element.primaryObjectId))];
  if (merged.length === 0 || merged.length > mostMerged) {
    const allowed = `a list of the ids of 1 to ${mostMerged} merged records`;
    const given = merged.length === 0 ? showValue(element.mergedObjectIds) : `${merged.length} records`;
    const problem = { path: 'mergedObjectIds', given, allowed };
    return [malformedPart(name, element, problem)];
  }
  return merged.map((mergedObjectId) =>
    payloadPart(
      { name, recordId: JSON.stringify([...ids, mergedObjectId]), content: { ...element, mergedObjectId } },
      at,
    ),
  );
};

const readElement = (element: unknown, source: Hubspot): Part[] => {
  if (!isObject(element)) {
    const problem = { path: '(the whole)', given: showValue(element), allowed: 'an object' };
    return [malformedPart('(no type)', element, problem)];
  }
  const name = nameOf(element);
  if (isOwn(element, source)) return [{ passed: { name, why: 'own' } }];
  const ids = identify(element);
  if (!Array.isArray(ids)) return [malformedPart(name, element, ids as Problem)];
  const at = instantOfMs(element.occurredAt);
  if (at === undefined) {
    const allowed = 'milliseconds since 1970';
    const problem = { path: 'occurredAt', given: showValue(element.occurredAt), allowed };
    return [malformedPart(name, element, problem)];
  }
  if (isMerge(element)) return readMerge(name, element, ids, at);
  const property = readText(element.propertyName);
  const properties = property === undefined ? {} : { [property]: element.propertyValue };
  return [payloadPart({ name, recordId: JSON.stringify(ids), content: { ...element, properties } }, at)];
};

const split = (received: Received, source: Hubspot) => {
  const read = readJson(received);
  if (read.kind === 'malformed') return read;
  if (!Array.isArray(read.value))
    return malformed('invalid-request', { path: 'body', given: nameType(read.value), allowed: 'a list' });
  return findTooMany(read.value) ?? splitInto(read.value.flatMap((element) => readElement(element, source)));
};

/** HubSpot's webhooks of version 3. Source: HubSpot's guides to webhooks and to request validation. */
export const hubspot: SourceKind<'hubspot'> = { verify, split };
