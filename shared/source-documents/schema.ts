import * as z from 'zod';
import { issue, payloadDialect, payloadMappingSchema } from '../mapping-document/index.ts';
import type { SourceDocument } from '../sources/index.ts';

/** The source document: who sends, how it is proved, and which events its payloads become. */

const sourceName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, {
  error: '1 to 32 characters of a-z 0-9 -, beginning with a letter or digit',
});

const filled = z.string({ error: 'a text' }).trim().min(1, { error: 'a text that is not empty' });

/** The longest silence of which an alarm can warn: its periods cover seven days at most. */
const mostHours = 168;

const common = {
  $schema: z.string().optional(),
  /** The name, which is also that of the file. */
  name: sourceName,
  description: z.string().optional(),
  /** The people who know the source, such as a team's name or mailbox. */
  owner: filled,
  /** The source is called silent if nothing came for so many hours. */
  silentAfterHours: z.int().min(1).max(mostHours).optional(),
  /** The names of payloads that are not wanted. */
  ignore: z.array(filled).max(200).default([]),
  mapping: payloadMappingSchema,
};

const webhook = {
  ...common,
  /**
   * The name of its secrets.
   *
   * @default - the name of the source
   */
  secret: sourceName.optional(),
};

const busNames = {
  'segment-eventbridge': [
    /^aws\.partner\/segment\.com\/[A-Za-z0-9._/-]{1,200}$/,
    'aws.partner/segment.com/abc123',
  ],
  'salesforce-cdc': [
    /^aws\.partner\/salesforce\.com\/[A-Za-z0-9._/-]{1,200}$/,
    'aws.partner/salesforce.com/00D000000000000AAA/0YL000000000000AAA',
  ],
} as const;

const partner = <Kind extends keyof typeof busNames>(kind: Kind) => {
  const [pattern, example] = busNames[kind];
  return {
    ...common,
    kind: z.literal(kind),
    /** The name of the partner event bus, which is that of the partner's event source. */
    bus: z.string().regex(pattern, { error: `the name of its partner event bus, such as ${example}` }),
  };
};

const texts = z.array(filled).max(100).default([]);

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~A-Za-z0-9-]{1,100}$/, { error: 'the name of an HTTP header' })
  .transform((given) => given.toLowerCase());

const origins = z.union([z.literal('*'), z.array(filled).min(1).max(20)], {
  error: 'a list of origins, or "*"',
});

const plain = <Kind extends string>(kind: Kind) => z.strictObject({ ...webhook, kind: z.literal(kind) });

const kinds = [
  z.strictObject({
    ...webhook,
    kind: z.literal('hubspot'),
    /** The ids, as in `sourceId`, of apps through which Sluice itself changes records. */
    ownSourceIds: texts,
    /** The properties that Sluice itself writes. */
    ownProperties: texts,
  }),
  z.strictObject({
    ...webhook,
    kind: z.literal('segment'),
    /** Segment signs only the first event of a batch: refuse batches, or take the first event alone. */
    batching: z.enum(['refuse', 'first']).default('refuse'),
  }),
  plain('typeform'),
  plain('calendly'),
  plain('customerio'),
  z.strictObject({
    ...webhook,
    kind: z.literal('cloudevents'),
    /** The senders that the handshake allows. */
    origins: origins.default('*'),
    /** The most requests a minute that the handshake allows. */
    rate: z.int().min(1).max(1_000_000).optional(),
  }),
  plain('standard-webhooks'),
  z.strictObject({
    ...webhook,
    kind: z.literal('generic'),
    /** The header that has the secret, as it is or behind `Bearer`. */
    header: headerName.default('authorization'),
    /**
     * The path of the list of payloads in a body.
     *
     * @default - the body is one payload
     */
    items: payloadDialect.name.optional(),
    /** The path of a payload's id. */
    recordId: payloadDialect.name,
    /** The path of a payload's name. */
    payloadName: payloadDialect.name.optional(),
  }),
  z.strictObject(partner('segment-eventbridge')),
  z.strictObject({
    ...partner('salesforce-cdc'),
    /** The API clients, as in `client=…` of `changeOrigin`, through which Sluice itself changes records. */
    ownClients: texts,
  }),
] as const;

const kindNames = kinds.map(({ shape }) => shape.kind.value);

const document = z.discriminatedUnion('kind', kinds, {
  error: `a source whose "kind" is one of ${kindNames.join(', ')}`,
});
type Document = z.output<typeof document>;

/** Adds the problems of events without a date, if the payloads of the kind say none by themselves. */
const checkTimes = ({ kind, mapping }: Document, context: z.RefinementCtx): void => {
  if (kind !== 'generic' || mapping.occurredAt !== undefined) return;
  for (const [index, { at }] of mapping.events.entries()) {
    if (at !== undefined) continue;
    const allowed =
      'a date, here or as "occurredAt" of the mapping: payloads of this kind say none by themselves';
    context.addIssue(issue(allowed, ['mapping', 'events', index, 'at']));
  }
};

/** Returns the document with what its name is the default of. */
const complete = ({ $schema: _, ...given }: Document): SourceDocument => {
  const mapping = { ...given.mapping, source: given.mapping.source ?? given.name };
  return 'bus' in given ? { ...given, mapping } : { ...given, mapping, secret: given.secret ?? given.name };
};

export const sourceDocumentSchema = document.transform((given, context): SourceDocument => {
  checkTimes(given, context);
  return complete(given);
});
