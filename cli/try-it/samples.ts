import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BusEvent, dayMs, inboundContracts } from '../../events/index.ts';
import { isWebhookSource, type SourceDocument } from '../../shared/sources/index.ts';
import { projectRoot } from '../stack/synthesize.ts';
import { freshenPayload } from './fresh-payload.ts';

/** An event of a type that producers may send. */
interface EventSample {
  readonly type: string;
  readonly event: BusEvent;
}

/** A body as a vendor sends it. */
interface PayloadSample {
  /** The name of the source that takes it. */
  readonly source: string;
  readonly kind: SourceDocument['kind'];
  /** The name of the sample among those of its kind, such as `changes`. */
  readonly name: string;
  readonly payload: unknown;
  /** Whether it can be sent through the door for webhooks, and not be tried only. */
  readonly isSendable: boolean;
}

/** The samples of the page Try it. */
export interface Samples {
  readonly events: readonly EventSample[];
  readonly payloads: readonly PayloadSample[];
}

const payloadsFolder = join(projectRoot, 'docs', 'examples', 'payloads');

/** The lead of the samples, so that trying them changes no lead that somebody works with. */
const sampleLead = 'try-it';

/** The type that only the doors for webhooks and partners may put on the bus. */
const onlyFromDoors = inboundContracts.LeadIdentified.detailType;

const sampleEvent = (type: string, sample: object, now: number): BusEvent => {
  const occurredAt = new Date(now).toISOString();
  // The only instant in a sample ends an override, and has to be ahead.
  const until = 'until' in sample ? { until: new Date(now + 30 * dayMs).toISOString() } : {};
  return {
    source: 'console',
    'detail-type': type,
    time: occurredAt,
    detail: {
      metadata: { eventId: `try-${randomUUID()}`, occurredAt, schemaVersion: 1 },
      data: { ...sample, leadId: sampleLead, ...until },
    },
  };
};

const listEvents = (now: number): EventSample[] =>
  Object.values(inboundContracts)
    .filter(({ detailType }) => detailType !== onlyFromDoors)
    .map(({ detailType, sample }) => ({
      type: detailType,
      event: sampleEvent(detailType, sample, now),
    }));

const listPayloads = (source: SourceDocument, now: number): PayloadSample[] => {
  const { name: sourceName, kind } = source;
  const folder = join(payloadsFolder, kind);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({
    source: sourceName,
    kind,
    name: file.slice(0, -'.json'.length),
    payload: freshenPayload(kind, JSON.parse(readFileSync(join(folder, file), 'utf8')), now),
    isSendable: isWebhookSource(source),
  }));
};

/**
 * Returns an event of each type that clients may send, and what the vendors of the sources send, as if it happened now.
 *
 * @param now milliseconds since 1970
 */
export const buildSamples = (sources: readonly SourceDocument[], now: number): Samples => ({
  events: listEvents(now),
  payloads: sources.flatMap((source) => listPayloads(source, now)),
});
