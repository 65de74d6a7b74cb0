import * as z from 'zod';
import {
  clockTriggers,
  deliverableTypes,
  erasureCauses,
  nameSchema,
  type Problem,
  requalificationCauses,
  showValue,
  stages,
  statuses,
  tiers,
  triggers,
} from '../../events/index.ts';
import { eventCause, findUrlProblem, type Subscription } from '../deliveries/index.ts';
import { checkFields } from './check-fields.ts';
import { checkHubspotTarget, checkSlackTarget } from './check-target.ts';
import { hubspotTarget } from './hubspot-target.ts';
import { slackTarget } from './slack-target.ts';

/** The words that an announcement may have as its cause or trigger. */
const causes = [
  ...new Set([eventCause, ...triggers, ...clockTriggers, ...requalificationCauses, ...erasureCauses]),
] as const;

/** The most attributes of a lead that a subscription may name. */
const mostAttributes = 20;

const documentName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, {
  error: '1 to 32 characters of a-z 0-9 -, beginning with a letter or digit',
});

const filled = z.string({ error: 'a text' }).trim().min(1, { error: 'a text that is not empty' });

const words = <const Word extends string>(all: readonly Word[]) => z.array(z.enum(all)).min(1);

const names = z.array(nameSchema);

const webhookTarget = z.strictObject({
  kind: z.literal('webhook'),
  url: z.string().max(2_000).meta({ description: 'the URL that is sent to, which begins with https://' }),
});

const target = z.discriminatedUnion('kind', [webhookTarget, slackTarget, hubspotTarget], {
  error: 'a target whose "kind" is one of webhook, slack, hubspot',
});

const document = z.strictObject({
  $schema: z.string().optional(),
  name: documentName.meta({ description: 'the name, which is also that of the file' }),
  description: z.string().max(500).optional(),
  owner: filled.max(200).meta({ description: 'the people who know the target, such as the name of a team' }),
  events: words(deliverableTypes).meta({ description: 'the announcements that are delivered' }),
  filter: z
    .strictObject({
      tiers: words(tiers).optional(),
      stages: words(stages).optional(),
      statuses: words(statuses).optional(),
      queues: names.min(1).optional(),
      causes: words(causes).optional(),
    })
    .optional()
    .meta({ description: 'an announcement without such a field passes' }),
  attributes: names
    .max(mostAttributes)
    .default([])
    .meta({ description: 'the attributes of the lead that are sent along' }),
  fields: names.min(1).optional().meta({
    description: 'the fields of data that are sent; all but actor, reason and escalatedTo if left out',
  }),
  target,
  secret: documentName
    .optional()
    .meta({ description: 'the name of the secrets; that of the document if left out' }),
  pauseAfter: z
    .strictObject({
      failures: z.int().min(1).max(10_000).default(100),
      hours: z.number().min(1).max(240).default(24),
    })
    .default({ failures: 100, hours: 24 })
    .meta({ description: 'the failures in a row, or the hours of failing, after which it is paused' }),
});

type Document = z.output<typeof document>;

/** Finds an address of this machine in a document for other machines, where nothing would be sent to it. */
const findBaseUrlProblems = ({ target }: Document, allowLoopback: boolean): readonly Problem[] =>
  allowLoopback || !('baseUrl' in target) || target.baseUrl === undefined
    ? []
    : [
        {
          path: 'target.baseUrl',
          given: showValue(target.baseUrl),
          allowed: 'no such field, which is for tests on a local stack; leave it out to send to the vendor',
        },
      ];

/** Finds what doesn't fit together in a document whose fields are right. */
const findTargetProblems = (given: Document, allowLoopback: boolean): readonly Problem[] => {
  switch (given.target.kind) {
    case 'webhook': {
      const problem = findUrlProblem(given.target.url, { allowLoopback });
      return problem === undefined ? [] : [{ path: 'target.url', ...problem }];
    }
    case 'slack':
      return checkSlackTarget(given as Subscription, given.target as never);
    case 'hubspot':
      return checkHubspotTarget(given as Subscription);
    default:
      return given.target satisfies never;
  }
};

const complete = ({ $schema: _, ...given }: Document): Subscription =>
  ({ ...given, secret: given.secret ?? given.name }) as Subscription;

/** The schema of subscription documents, before what belongs together is checked. */
export const subscriptionDocumentSchema = document;

/** Returns the subscription of a document whose fields are right, or what doesn't fit together in it. */
export const completeSubscription = (
  given: Document,
  allowLoopback: boolean,
): { readonly subscription: Subscription; readonly problems: readonly Problem[] } => ({
  subscription: complete(given),
  problems: [
    ...checkFields(given as Subscription),
    ...findTargetProblems(given, allowLoopback),
    ...findBaseUrlProblems(given, allowLoopback),
  ],
});
