import * as z from 'zod';
import { nameSchema } from '../../events/index.ts';
import { localBaseUrl } from './local-base-url.ts';

const linkForm = /^https:\/\/[^\s<>|"{}/?#]{1,200}\/[^\s<>|"{}]{0,300}\{leadId\}[^\s<>|"{}]{0,100}$/;

/** The schema of the target of a subscription that posts to Slack. */
export const slackTarget = z.strictObject({
  kind: z.literal('slack'),
  cooldownHours: z.number().min(0).max(8_760).optional().meta({
    description: 'hours in which the same news of a lead is not posted again; 24 if left out, 0 posts all',
  }),
  name: z.array(nameSchema).min(1).max(4).optional().meta({
    description: 'the attributes that are the name of a lead, in order; ["name"] if left out',
  }),
  company: z.optional(nameSchema).meta({
    description: 'the attribute that is the company of a lead; "company" if left out',
  }),
  linkTemplate: z
    .string()
    .regex(linkForm, { error: 'an address that begins with https:// and has {leadId} after the host, once' })
    .optional()
    .meta({ description: 'the page about a lead, such as https://crm.example/leads/{leadId}' }),
  baseUrl: localBaseUrl.optional(),
});
