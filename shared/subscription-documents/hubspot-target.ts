import * as z from 'zod';
import { nameSchema } from '../../events/index.ts';
import { type HubspotField, hubspotFields } from '../deliveries/index.ts';
import { localBaseUrl } from './local-base-url.ts';

const property = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/, {
  error: 'the internal name of a property of HubSpot: a-z 0-9 _, beginning with a letter',
});

const record = z.union(
  [
    z.strictObject({ leadIdPrefix: z.string().regex(/^[A-Za-z0-9_.:@+-]{1,64}$/) }),
    z.strictObject({ attribute: nameSchema, idProperty: property.optional() }),
  ],
  {
    error:
      '{"leadIdPrefix": "hubspot:"} if lead ids contain the id of the contact, {"attribute": "hubspotContactId"} if an ' +
      'attribute does, or {"attribute": "email", "idProperty": "email"} if an attribute is a unique property',
  },
);

const written = property.nullable().optional();

/** The schema of the target of a subscription that writes to contacts of HubSpot. */
export const hubspotTarget = z.strictObject({
  kind: z.literal('hubspot'),
  record: record.meta({ description: 'the way from a lead to its contact' }),
  properties: z
    .strictObject(
      Object.fromEntries(hubspotFields.map((field) => [field, written])) as Record<
        HubspotField,
        typeof written
      >,
    )
    .optional()
    .meta({
      description: 'the property of each field; null writes none. sluice_score and the like if left out',
    }),
  baseUrl: localBaseUrl.optional(),
});
