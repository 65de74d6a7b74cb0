import { paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { openCheckpoint } from '../../cli/rebuild/checkpoint.ts';
import { rebuildTable } from '../../cli/rebuild/rebuild-table.ts';
import { leadAnnouncements } from '../../functions/publish-changes/lead-announcements.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { parseModelItem } from '../../shared/model-store/index.ts';
import { compileModel, type ScoringModel } from '../../shared/scoring/index.ts';
import { contentKey } from '../invariants/content.ts';
import type { Arrival, Evidence, Leftover } from '../invariants/evidence.ts';
import { isEntry, textOf } from '../invariants/reading.ts';
import type { SentEvent } from './producer/sent-events.ts';
import { type Run, readTables, type Tables } from './run.ts';
import { countDeadLetters, type Description } from './stack/description.ts';

const buildArrival = ({ offer: { entry, fate, contest } }: SentEvent): Arrival => {
  const body = JSON.stringify(entry);
  return { body, key: contentKey(body), fate, contest };
};

export const readTable = async ({ dynamodb: client }: Tables, TableName: string): Promise<Item[]> => {
  const pages = paginateScan({ client }, { TableName, ConsistentRead: true });
  return (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items);
};

const compileItem = (item: Item): ScoringModel => compileModel(parseModelItem(item));

/** Runs the product's own audit over all leads and returns its findings. */
const audit = async ({ dynamodb: client, leads: table }: Tables): Promise<string[]> => {
  const [segments, dryRun] = [2, true];
  const audited: string[] = [];
  await rebuildTable({
    client,
    table,
    now: Date.now,
    segments,
    dryRun,
    trustModels: false,
    checkpoint: openCheckpoint(undefined, { table, segments, dryRun }),
    onLead: (leadId, { outcome, findings }) =>
      audited.push(`${leadId} ${outcome}: ${findings.map(({ sentence }) => sentence).join('; ')}`),
    onItems: () => {},
  });
  return audited;
};

const countFailedRecords = async ({ clients: { s3: client } }: Run, Bucket: string): Promise<number> => {
  let count = 0;
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    count += Contents.length;
  return count;
};

/**
 * Returns everything that was given up, by queue or bucket. No function fails on any event of the load, so it must be
 * empty.
 */
const findLeftovers = async (run: Run, description: Description): Promise<Leftover[]> => {
  const bucket = description.outputs.FailedRecordsBucketName ?? '';
  const counts = { ...countDeadLetters(description), [bucket]: await countFailedRecords(run, bucket) };
  return Object.entries(counts).map(([place, count]) => ({
    place,
    bodies: Array.from({ length: count }, () => 'given up'),
  }));
};

/** Gathers the evidence of a soak from its tables. Announcements are computed from the ledger entries. */
export const gatherEvidence = async (run: Run, description: Description): Promise<Evidence> => {
  const tables = readTables(run);
  const leads = await readTable(tables, tables.leads);
  const models = leads.filter((item) => textOf(item, 'pk').startsWith('MODEL#')).map(compileItem);
  const [active] = models;
  if (active === undefined || models.length > 1) throw new Error(`${models.length} models are stored, not 1`);
  const arrivals = run.sent.all().map(buildArrival);
  return {
    models: new Map([[active.version, active]]),
    active,
    arrivals: new Map(arrivals.map((arrival) => [arrival.key, arrival])),
    leads,
    quarantine: await readTable(tables, tables.quarantine),
    announced: leads.filter(isEntry).flatMap((item) => leadAnnouncements(item, undefined)),
    audited: await audit(tables),
    left: await findLeftovers(run, description),
  };
};
