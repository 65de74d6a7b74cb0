import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Problem } from '../../events/index.ts';
import { showValue } from '../../events/index.ts';
import type { Proof, Received, UnprovenReason, Verification } from './webhook.ts';

/** Returns a refusal. The problem must quote neither a signature nor a secret. */
export const refuse = (reason: UnprovenReason, problem: Problem): Verification => ({
  kind: 'refused',
  reason,
  problem,
});

/** The value of a header that has to be there once, or the refusal if it isn't. */
export type HeaderRead =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly refusal: Verification };

/**
 * Reads a header that is sent once and whose values have no comma: a door joins repeated headers with commas, and
 * nobody could say which of them was meant.
 */
export const readOnce = ({ headers }: Received, name: string, missing: UnprovenReason): HeaderRead => {
  const value = headers[name]?.trim() ?? '';
  const path = `headers.${name}`;
  if (value === '')
    return { ok: false, refusal: refuse(missing, { path, given: 'nothing', allowed: 'the header' }) };
  if (value.includes(','))
    return {
      ok: false,
      refusal: refuse('repeated-header', { path, given: 'several values', allowed: 'one' }),
    };
  return { ok: true, value };
};

/** The rule by which a timestamp is read. */
export interface TimestampRule {
  /** The path of the timestamp, for problems. */
  readonly path: string;
  /** The milliseconds of its unit. */
  readonly unitMs: 1 | 1_000;
  /** The most milliseconds by which it may be behind or ahead. */
  readonly windowMs: number;
}

/** Returns the refusal of a timestamp that is no number, stale or ahead; undefined if it is good. */
export const checkTimestamp = (
  text: string,
  { path, unitMs, windowMs }: TimestampRule,
  now: number,
): Verification | undefined => {
  const unit = unitMs === 1 ? 'milliseconds' : 'seconds';
  if (!/^\d{1,15}$/.test(text)) {
    const allowed = `a whole number of ${unit} since 1970`;
    return refuse('malformed-timestamp', { path, given: showValue(text), allowed });
  }
  const behind = now - Number(text) * unitMs;
  const window = `${windowMs / 60_000} minutes`;
  const given = `${Math.round(Math.abs(behind) / 1_000)} seconds ${behind > 0 ? 'ago' : 'ahead'}`;
  if (behind > windowMs) return refuse('stale', { path, given, allowed: `at most ${window} ago` });
  if (-behind > windowMs) return refuse('ahead', { path, given, allowed: `at most ${window} ahead` });
  return undefined;
};

/** A way to sign: a keyed hash over bytes. */
export interface Scheme {
  readonly algorithm: 'sha256' | 'sha1';
  /** Returns the key of a secret; undefined if the secret doesn't have the form of one. @default its UTF-8 */
  readonly keyOf?: (secret: string) => Buffer | undefined;
}

const utf8 = (secret: string): Buffer => Buffer.from(secret);

/** Compares in constant time. The lengths of hashes are no secret. */
const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const digestOf = (value: Buffer): string => createHash('sha256').update(value).digest('hex');

/** Returns the refusal of a request to a source that has no usable secret. */
const noSecret = (): Verification =>
  refuse('no-secret', { path: 'secret', given: 'nothing', allowed: 'one or two secrets of the source' });

/** Returns the refusal of a signature that isn't in the form of its scheme. */
export const malformedSignature = (name: string, allowed: string): Verification =>
  refuse('malformed-signature', { path: `headers.${name}`, given: 'another form', allowed });

interface Signed {
  /** The header with the signature, for problems. */
  readonly header: string;
  /** The signatures given, any of which may fit. */
  readonly given: readonly Buffer[];
  /** The bytes that are signed. */
  readonly bytes: readonly (Buffer | string)[];
}

/**
 * Verifies signatures. Every secret is tried with every signature, whether one has fitted or not, so that the time tells
 * nothing.
 */
export const verifySigned = (
  scheme: Scheme,
  { header, given, bytes }: Signed,
  { secrets }: Proof,
): Verification => {
  const keys = secrets.flatMap((secret) => (scheme.keyOf ?? utf8)(secret) ?? []);
  const usable = keys.filter((key) => key.length > 0);
  if (usable.length === 0) return noSecret();
  let fitting: Buffer | undefined;
  for (const key of usable) {
    const hmac = createHmac(scheme.algorithm, key);
    for (const part of bytes) hmac.update(part);
    const own = hmac.digest();
    for (const each of given) if (isSame(own, each)) fitting = own;
  }
  if (fitting === undefined) {
    const allowed = 'a signature of this URL and body by a live secret of the source';
    return refuse('wrong-signature', { path: `headers.${header}`, given: 'another signature', allowed });
  }
  return { kind: 'verified', signature: digestOf(fitting) };
};

/**
 * Verifies a secret that the sender sends as it is. What is compared are hashes, so that the time doesn't tell its length
 * either.
 *
 * @param identity the bytes that make the request another one
 */
export const verifySecret = (
  header: string,
  given: string,
  { secrets }: Proof,
  identity: readonly (Buffer | string)[],
): Verification => {
  const usable = secrets.filter((secret) => secret !== '');
  if (usable.length === 0) return noSecret();
  const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
  const hashed = hashOf(given);
  let fits = false;
  for (const secret of usable) if (isSame(hashOf(secret), hashed)) fits = true;
  if (!fits) {
    const problem = {
      path: `headers.${header}`,
      given: 'another secret',
      allowed: 'a live secret of the source',
    };
    return refuse('wrong-signature', problem);
  }
  const hash = createHash('sha256');
  for (const part of identity) hash.update(part).update('\0');
  return { kind: 'verified', signature: hash.digest('hex') };
};

/** Decodes a signature in base64 of some bytes; undefined if it isn't one. */
export const decodeBase64 = (text: string, bytes: number): Buffer | undefined => {
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return decoded?.length === bytes && decoded.toString('base64') === text ? decoded : undefined;
};

/** Decodes a signature in hexadecimal digits of some bytes; undefined if it isn't one. */
export const decodeHex = (text: string, bytes: number): Buffer | undefined =>
  text.length === 2 * bytes && /^[0-9a-f]+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;

/** The bytes of a signature by SHA-256 and by SHA-1. */
export const sha256Bytes = 32;
export const sha1Bytes = 20;
