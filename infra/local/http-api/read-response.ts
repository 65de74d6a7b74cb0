import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import { isObject } from '../../../events/index.ts';
import type { Answer } from '../protocols/protocol.ts';

/** The most bytes that Lambda passes on, in either direction. */
export const mostPayloadBytes = 6 * 1_048_576;

const response = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** The headers that the gateway writes itself. */
const ownHeaders = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

const isAllowed = (name: string, values: readonly string[]): boolean => {
  try {
    validateHeaderName(name);
    for (const value of values) validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
};

/** Returns the answer in a response that has a status; undefined if a part of it has no proper form. */
const readComplete = (given: unknown): Answer | undefined => {
  const parsed = response.safeParse(given);
  if (!parsed.success) return undefined;
  const { statusCode: status, headers, cookies, body, isBase64Encoded } = parsed.data;
  const all = new Map<string, string | string[]>([['content-type', 'text/plain; charset=utf-8']]);
  for (const [name, value] of Object.entries(headers ?? {})) {
    const lower = name.toLowerCase();
    if (!ownHeaders.has(lower)) all.set(lower, String(value));
  }
  if (cookies && cookies.length > 0) all.set('set-cookie', cookies);
  if (![...all].every(([name, value]) => isAllowed(name, [value].flat()))) return undefined;
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  return { status, headers: Object.fromEntries(all), body: bytes };
};

/**
 * Returns the answer in a function's response, payload format 2.0. A response without a status is the body itself.
 * Returns undefined for what API Gateway takes for a failure of the function.
 */
export const readResponse = (given: unknown): Answer | undefined => {
  const text = JSON.stringify(given ?? null);
  if (Buffer.byteLength(text) > mostPayloadBytes) return undefined;
  if (isObject(given) && given.statusCode !== undefined) return readComplete(given);
  const body = typeof given === 'string' ? given : text;
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
};
