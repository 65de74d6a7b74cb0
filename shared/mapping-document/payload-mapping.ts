import * as z from 'zod';
import { nameSchema } from '../../events/index.ts';
import type { IdentifierSpec } from '../mapping/index.ts';
import { createAtSchema } from './at.ts';
import { createCellSchema } from './cell.ts';
import { createPayloadWhen } from './condition.ts';
import { issue, payloadDialect } from './dialect.ts';
import { eventSource } from './event-source.ts';
import { createEventSchema } from './events.ts';
import { createIdSchema } from './id.ts';

/**
 * The mapping of a source: which events a payload becomes. It is the mapping of CSV files with a JMESPath expression for
 * the name of a column.
 */

const mostIdentifiers = 20;

const id = createIdSchema(payloadDialect);
const at = createAtSchema(payloadDialect);

const identifier = z
  .strictObject({
    type: nameSchema,
    path: payloadDialect.name,
    /** Whether it names a device or a visit rather than a person. */
    anonymous: z.literal(true).optional(),
  })
  .transform(({ path, ...rest }): IdentifierSpec => ({ ...rest, name: path }));

const identifiers = z.array(identifier).min(1).max(mostIdentifiers);

const whenTwoMeet = ['suggest', 'merge'] as const;

const identity = z.strictObject({
  /** The strongest first. */
  identifiers,
  /** Whether two leads that share an identifier are suggested as a pair or merged. */
  whenTwoMeet: z.enum(whenTwoMeet).default('suggest'),
});

const event = createEventSchema(
  createCellSchema(payloadDialect),
  { note: z.string().optional(), when: createPayloadWhen(payloadDialect).optional(), at: at.optional() },
  { mergedLeadId: id.optional(), mergedIdentifiers: identifiers.optional() },
);

const checkMerges = (events: readonly z.output<typeof event>[], context: z.RefinementCtx): void => {
  for (const [index, spec] of events.entries()) {
    if (spec.type !== 'LeadsMerged') continue;
    if ((spec.mergedLeadId === undefined) === (spec.mergedIdentifiers === undefined)) {
      context.addIssue(issue('either "mergedLeadId" or "mergedIdentifiers"', ['events', index]));
    }
  }
};

export const payloadMappingSchema = z
  .strictObject({
    /**
     * The EventBridge `source` of the events.
     *
     * @default - the name of the source document
     */
    source: eventSource.optional(),
    leadId: id.optional(),
    identity: identity.optional(),
    /**
     * The instant of events that have no `at` of their own.
     *
     * @default - the instant that the vendor says in each payload
     */
    occurredAt: at.optional(),
    /** Texts that mean nothing, wherever they are. */
    blank: z.array(z.string()).default([]),
    events: z.array(event).min(1).max(100),
  })
  // A transform, unlike a refinement, runs only if every part is what its type says.
  .transform((mapping, context) => {
    if ((mapping.leadId === undefined) === (mapping.identity === undefined)) {
      context.addIssue(issue('either "leadId" or "identity"'));
    }
    checkMerges(mapping.events, context);
    return mapping;
  });
