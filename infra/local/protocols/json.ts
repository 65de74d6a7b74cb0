import * as z from 'zod';
import { messageOf, ServiceError } from '../errors.ts';
import type { Answer } from './protocol.ts';

export const jsonAnswer = (body: unknown, version: '1.0' | '1.1' = '1.1'): Answer => ({
  status: 200,
  headers: { 'content-type': `application/x-amz-json-${version}` },
  body: JSON.stringify(body),
});

/**
 * Parses a body.
 *
 * @throws ServiceError `SerializationException`
 */
export const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new ServiceError('SerializationException', `the body is not JSON: ${messageOf(error)}`);
  }
};

/**
 * Parses the input of an operation.
 *
 * @throws ServiceError of the type that the service uses for wrong parameters
 */
export const parseInput = <T>(schema: z.ZodType<T>, input: unknown, errorType: string): T => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ServiceError(errorType, z.prettifyError(parsed.error).replaceAll(/\s+/g, ' '));
};

export const refuseJson = (error: unknown): Answer => {
  const known = error instanceof ServiceError;
  return {
    status: known ? error.status : 500,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: known ? error.type : 'InternalFailure', message: messageOf(error) }),
  };
};
