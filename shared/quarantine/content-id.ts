import { hash } from 'node:crypto';
import { parseJson } from '../../events/index.ts';
import { canonical } from '../dynamodb/index.ts';

/**
 * The part of a text that makes it the same event: what its producer said. EventBridge gives each delivery from an
 * archive, and each event that is sent again, an envelope of its own.
 */
const contentOf = (body: string, entry: unknown): string => {
  try {
    const { source, detail, 'detail-type': type } = entry as Record<string, unknown>;
    return detail === undefined ? body : canonical({ source, type, detail });
  } catch {
    // Not JSON, no object, or nested deeper than any contract: the text itself.
    return body;
  }
};

const hashOf = (text: string): string => hash('sha256', text, 'hex');

/**
 * Returns the id of a rejected event: by its content, so that it is recognised wherever it comes from.
 *
 * @param entry the text's JSON, if it was parsed before
 */
export const quarantineIdOf = (body: string, entry: unknown = parseJson(body)): string =>
  hashOf(contentOf(body, entry)).slice(0, 32);

/** Returns the id of a text, envelope and all, so that parts of two texts with the same content never mix. */
export const textIdOf = (text: string): string => hashOf(text).slice(0, 16);
