import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { apiLimits } from '../../events/api/index.ts';
import { parseJson, showValue } from '../../events/index.ts';
import { ApiProblem } from './problems.ts';

/** The place at which the next page begins, and the query that it belongs to. */
export interface CursorProps {
  /** 32 random bytes that only the API knows. */
  readonly secret: Buffer;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The operation and the filters of the query. A cursor of another query is refused. */
  readonly query: readonly unknown[];
}

const [algorithm, ivBytes, tagBytes] = ['aes-256-gcm', 12, 16] as const;

const associated = ({ query }: CursorProps): Buffer => Buffer.from(JSON.stringify(query));

/**
 * Encrypts a position, so that nobody can read the ids in it or change it. Returns text for a query parameter.
 *
 * @param position anything that JSON can express
 */
export const sealCursor = (props: CursorProps, position: unknown): string => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, props.secret, iv).setAAD(associated(props));
  const sealed = Buffer.concat([cipher.update(JSON.stringify({ at: props.now, position })), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
};

const invalid = (given: string, allowed: string): ApiProblem =>
  new ApiProblem('invalid-cursor', 'the cursor is not valid; ask without one to begin anew', [
    { path: 'query.cursor', given: showValue(given), allowed },
  ]);

const decrypt = (props: CursorProps, bytes: Buffer): string => {
  const tag = bytes.subarray(ivBytes, ivBytes + tagBytes);
  const decipher = createDecipheriv(algorithm, props.secret, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(associated(props)).setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString();
};

/**
 * Decrypts the position in a cursor.
 *
 * @throws ApiProblem for a cursor that was changed, is too old, or belongs to another query
 */
export const openCursor = (props: CursorProps, given: string): unknown => {
  const text = (() => {
    try {
      return decrypt(props, Buffer.from(given, 'base64url'));
    } catch {
      throw invalid(given, 'the cursor of an answer to the same query, as it was given');
    }
  })();
  const { at, position } = parseJson(text) as { at: number; position: unknown };
  const hours = apiLimits.cursorMs / 3_600_000;
  if (props.now - at > apiLimits.cursorMs) throw invalid(given, `a cursor of the last ${hours} hours`);
  return position;
};
