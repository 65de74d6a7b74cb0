import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { leadId, name } from '../fields.ts';

/** The most identifiers of one payload. */
const mostIdentifiers = 20;

const identifier = z.strictObject({
  /** The type of the identifier, such as `email` or `hubspot`. */
  type: name,
  /** Its keyed hash in base64url, never the identifier itself. */
  key: z
    .string()
    .check(z.regex(/^[A-Za-z0-9_-]{22,64}$/, { error: 'a keyed hash, 22 to 64 characters of base64url' })),
});

/**
 * A door has linked identifiers to a lead. The event records that they belong together; it has no fact about the lead,
 * and it links nothing itself.
 */
export const LeadIdentified = inbound({
  detailType: 'LeadIdentified',
  description: 'Identifiers, such as an e-mail address or the id of a tool, were linked to a lead.',
  data: z.strictObject({
    leadId,
    identifiers: z.array(identifier).check(z.minLength(1), z.maxLength(mostIdentifiers)),
  }),
  sample: { leadId: 'l-1', identifiers: [{ type: 'email', key: 'Zm9vYmFyYmF6cXV4cXV1eA' }] },
});
