import type { ReadyDelivery } from '../target.ts';
import type { HubspotRecord } from '../target-options.ts';

/** The record of a lead in HubSpot: its id, or the value of a unique property. */
export interface RecordId {
  readonly id: string;
  readonly idProperty?: string;
}

export type FoundRecord =
  | { readonly kind: 'found'; readonly record: RecordId }
  | { readonly kind: 'missing'; readonly reason: string };

/** HubSpot's ids of records are whole numbers. Another one in a batch would be an error that names no record. */
const idForm = /^[1-9][0-9]{0,18}$/;

const missing = (reason: string): FoundRecord => ({ kind: 'missing', reason });

const readId = (id: string, origin: string): FoundRecord =>
  idForm.test(id)
    ? { kind: 'found', record: { id } }
    : missing(`${origin} is no id of a HubSpot record, which is a whole number`);

const findByLeadId = (leadId: string, prefix: string): FoundRecord =>
  leadId.startsWith(prefix)
    ? readId(leadId.slice(prefix.length), `the lead id after "${prefix}"`)
    : missing(`the lead id doesn't begin with "${prefix}"`);

const findByAttribute = (
  { attributes = {} }: Pick<ReadyDelivery, 'attributes'>,
  { attribute, idProperty }: { readonly attribute: string; readonly idProperty?: string },
): FoundRecord => {
  const given = attributes[attribute];
  const value = typeof given === 'string' || typeof given === 'number' ? `${given}`.trim() : '';
  if (value === '') return missing(`the attribute "${attribute}" of the lead isn't known`);
  if (idProperty === undefined) return readId(value, `the attribute "${attribute}"`);
  const id = idProperty === 'email' ? value.toLowerCase() : value;
  return { kind: 'found', record: { id, idProperty } };
};

/** Finds the record of a lead. The reason that there is none says nothing personal. */
export const findRecord = (
  delivery: Pick<ReadyDelivery, 'leadId' | 'attributes'>,
  record: HubspotRecord,
): FoundRecord =>
  'leadIdPrefix' in record
    ? findByLeadId(delivery.leadId, record.leadIdPrefix)
    : findByAttribute(delivery, record);
