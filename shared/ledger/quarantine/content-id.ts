import { hash } from 'node:crypto';
import { canonical } from '../content.ts';

/**
 * The part of a text that makes it the same event: what its producer said. EventBridge gives each delivery from an
 * archive, and each event that is sent again, an envelope of its own.
 */
const contentOf = (body: string): string => {
  try {
    const { source, detail, 'detail-type': type } = JSON.parse(body);
    return detail === undefined ? body : canonical({ source, type, detail });
  } catch {
    // Not JSON, no object, or nested deeper than any contract: the text itself.
    return body;
  }
};

const hashOf = (text: string): string => hash('sha256', text, 'hex');

/** The id under which a rejected event is kept: by its content, so that it is known again wherever it comes from. */
export const quarantineIdOf = (body: string): string => hashOf(contentOf(body)).slice(0, 32);

/** Tells texts of the same content apart, envelopes and all, so that their parts never mix. */
export const textIdOf = (text: string): string => hashOf(text).slice(0, 16);
