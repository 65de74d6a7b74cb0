import { hash } from 'node:crypto';
import { parseJson } from '../../events/index.ts';
import { canonical } from '../dynamodb/index.ts';

/**
 * Returns the part of a text that identifies the event: what its producer sent. EventBridge gives each delivery from an
 * archive, and each event that is sent again, an envelope of its own.
 */
const extractContent = (body: string, entry: unknown): string => {
  try {
    const { source, detail, 'detail-type': type } = entry as Record<string, unknown>;
    return detail === undefined ? body : canonical({ source, type, detail });
  } catch {
    // Not JSON, not an object, nested too deeply, or with a number that JSON can't write: the text itself identifies it.
    return body;
  }
};

const hashText = (text: string): string => hash('sha256', text, 'hex');

/**
 * Returns the id of a rejected event. It depends on the content, so that the same event is recognised from any origin.
 *
 * @param entry the text's JSON, if it was parsed before
 */
export const computeQuarantineId = (body: string, entry: unknown = parseJson(body)): string =>
  hashText(extractContent(body, entry)).slice(0, 32);

/** Returns the id of a text including its envelope, so that parts of two texts with the same content never mix. */
export const computeTextId = (text: string): string => hashText(text).slice(0, 16);
