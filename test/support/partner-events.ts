import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartnerEvent } from '../../shared/partners/index.ts';
import type { SalesforceSource, SegmentPartnerSource } from '../../shared/sources/index.ts';

const folder = join(import.meta.dirname, '../fixtures/partners');

/** An event of `test/fixtures/partners`, as a rule delivers it. */
export type GivenEvent = PartnerEvent & { readonly detail: Readonly<Record<string, unknown>> };

/** Reads an event as a partner sends it. */
export const readPartnerFixture = (name: string): GivenEvent =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

type Json = Readonly<Record<string, unknown>>;

/** Returns a change event with another header, and with other fields beside it. */
export const changedEvent = (event: GivenEvent, header: Json, fields: Json = {}): GivenEvent => {
  const { payload } = event.detail as { payload: { ChangeEventHeader: Json } };
  const ChangeEventHeader = { ...payload.ChangeEventHeader, ...header };
  return { ...event, detail: { ...event.detail, payload: { ...payload, ...fields, ChangeEventHeader } } };
};

const common = { owner: 'RevOps', ignore: [], mapping: { source: 'crm' } as never };

export const salesforceSource: SalesforceSource = {
  ...common,
  name: 'salesforce',
  kind: 'salesforce-cdc',
  bus: 'aws.partner/salesforce.com/00D5f000006abcDEAQ/0YL5f0000008OIAGA2',
  ownClients: ['Sluice'],
};

export const segmentSource: SegmentPartnerSource = {
  ...common,
  name: 'segment-bus',
  kind: 'segment-eventbridge',
  bus: 'aws.partner/segment.com/nmBPqyPa5wBXUTRX87DwWd',
};
