import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSBatchResponse } from 'aws-lambda';
import type { BusEvent } from '../../events/index.ts';
import {
  type TakePartnerEventsDeps,
  takePartnerEvents,
} from '../../functions/take-partner-events/take-partner-events.ts';
import { createIdentities } from '../../shared/identity/index.ts';
import { createIntake } from '../../shared/intake/index.ts';
import type { Rejected } from '../../shared/quarantine/index.ts';
import { parseSource } from '../../shared/source-documents/index.ts';
import type { SourceNote } from '../../shared/source-status/index.ts';
import type { PartnerSource } from '../../shared/sources/index.ts';
import { buildBatch } from './deliveries.ts';
import { memoryClient } from './memory-dynamodb.ts';
import { salesforceSource, segmentSource } from './partner-events.ts';

const folder = join(import.meta.dirname, '../../docs/examples/sources');

/** Reads an example of a source document, for another bus. */
const readExample = (name: string, changes: object): PartnerSource => {
  const document = { ...JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')), ...changes };
  const parsed = parseSource(JSON.stringify(document));
  if (!parsed.ok) throw new Error(`${name} is wrong: ${JSON.stringify(parsed.problems)}`);
  return parsed.source as PartnerSource;
};

/** The example documents of both partners, for the buses of the fixtures. */
const partnerSources = (whenTwoMeet: 'suggest' | 'merge'): readonly PartnerSource[] =>
  [
    readExample('salesforce', { bus: salesforceSource.bus }),
    readExample('segment-eventbridge', { bus: segmentSource.bus }),
  ].map((source) => {
    const { identity } = source.mapping;
    return {
      ...source,
      mapping: { ...source.mapping, ...(identity && { identity: { ...identity, whenTwoMeet } }) },
    };
  });

interface PartnerWorldProps {
  /** @default 'suggest' */
  readonly whenTwoMeet?: 'suggest' | 'merge';
  /** A client of the tables `identities` and `leads`. @default fresh ones */
  readonly client?: DynamoDBClient;
}

/** Creates take-partner-events over tables in memory. */
export const createPartnerWorld = ({
  whenTwoMeet = 'suggest',
  client = memoryClient({ tables: { identities: [], leads: [] } }),
}: PartnerWorldProps = {}) => {
  const now = () => Date.parse('2026-03-07T00:00:00.000Z');
  const taken: BusEvent[] = [];
  const quarantined: Rejected[] = [];
  const notes: SourceNote[] = [];
  let isRefused = (_: BusEvent) => false;
  const quarantine = { store: async (rejected: Rejected) => void quarantined.push(rejected) };
  const bus = {
    publish: async (events: readonly BusEvent[]) => {
      taken.push(...events.filter((event) => !isRefused(event)));
      return events.flatMap((event, index) => (isRefused(event) ? [index] : []));
    },
  };
  const identities = createIdentities({
    client,
    table: 'identities',
    leadsTable: 'leads',
    key: async () => 'a key of tests',
    now,
  });
  const deps: TakePartnerEventsDeps = {
    sources: partnerSources(whenTwoMeet),
    intake: createIntake({ identities, bus, quarantine, now }),
    quarantine,
    notes: { note: async (note) => void notes.push(note) },
    now,
  };
  const run = takePartnerEvents(deps);
  return {
    deps,
    /** The events that the bus took, in their order. */
    taken,
    quarantined,
    notes,
    /** Refuses events from now on. */
    refuse: (refused: (event: BusEvent) => boolean): void => {
      isRefused = refused;
    },
    take: (...entries: readonly unknown[]): Promise<SQSBatchResponse> => run(buildBatch(...entries)),
  };
};
