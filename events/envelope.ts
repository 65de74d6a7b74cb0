import * as z from 'zod/mini';
import { eventId, instant, utcInstant } from './fields.ts';
import { sluiceSource } from './source.ts';

/** The metadata of every event, beside its data. `causationId` is the id of the event that directly caused it. */
const metadata = z.strictObject({
  eventId,
  occurredAt: instant,
  schemaVersion: z.literal(1),
  correlationId: z.optional(eventId),
  causationId: z.optional(eventId),
});
/**
 * The metadata of events from producers. `backfill` marks history that is loaded afterwards: it is recorded like any
 * other event and announces nothing.
 */
const inboundMetadata = z.extend(metadata, { backfill: z.optional(z.literal(true)) });
/** The metadata of announcements, whose instants have one spelling. */
const outboundMetadata = z.extend(metadata, { occurredAt: utcInstant });
const metadataOf = {
  inbound: inboundMetadata,
  outbound: outboundMetadata,
  internal: outboundMetadata,
} as const;
export type Metadata = z.infer<typeof inboundMetadata>;

/**
 * An event as it is put on the bus and as files contain it, one per line. EventBridge adds `id`, `account`, `region`
 * and more.
 */
export interface BusEvent<Type extends string = string, Data = unknown> {
  readonly source: string;
  readonly 'detail-type': Type;
  readonly time: string;
  readonly detail: { readonly metadata: Metadata; readonly data: Data };
}

export interface ContractProps<Type extends string, Data extends z.ZodMiniType> {
  readonly detailType: Type;
  /** A line for the catalogue of events. */
  readonly description: string;
  readonly data: Data;
  readonly sample: z.input<Data>;
}

/**
 * The contract of one type of event. It types the producer, validates for the consumer, and yields the pattern of the
 * rule.
 */
export interface Contract<Type extends string = string, Data extends z.ZodMiniType = z.ZodMiniType>
  extends ContractProps<Type, Data> {
  readonly direction: 'inbound' | 'outbound' | 'internal';
  /** The schema of the EventBridge `detail`. */
  readonly detail: z.ZodMiniObject<
    { metadata: (typeof metadataOf)[Contract['direction']]; data: Data },
    z.core.$strict
  >;
  readonly sampleEvent: BusEvent<Type, z.input<Data>>;
}

const define =
  (direction: Contract['direction'], source: string) =>
  <const Type extends string, Data extends z.ZodMiniType>(
    props: ContractProps<Type, Data>,
  ): Contract<Type, Data> => ({
    ...props,
    direction,
    detail: z.strictObject({ metadata: metadataOf[direction], data: props.data }),
    sampleEvent: {
      source,
      'detail-type': props.detailType,
      time: '2026-03-01T09:00:00Z',
      detail: {
        metadata: {
          eventId: `sample-${props.detailType}`,
          occurredAt: '2026-03-01T09:00:00.000Z',
          schemaVersion: 1,
          ...(direction === 'outbound' && { correlationId: 'a-1', causationId: 'a-1' }),
        },
        data: props.sample,
      },
    },
  });

/** Defines the contract of an event that Sluice takes in. */
export const inbound = define('inbound', 'marketing.web');
/** Defines the contract of an event that Sluice announces. */
export const outbound = define('outbound', sluiceSource);
/** Defines the contract of a message from one function of Sluice to another, which never is on the bus. */
export const internal = define('internal', sluiceSource);

export type DataOf<C> = C extends Contract<string, infer Data> ? z.output<Data> : never;
/** The parsed `detail` of a contract, with its detail-type as the discriminant. */
export type EventOf<C> =
  C extends Contract<infer Type, infer Data>
    ? { readonly type: Type; readonly metadata: Metadata; readonly data: z.output<Data> }
    : never;
