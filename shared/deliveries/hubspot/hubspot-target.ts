import { findLeadNews } from '../news/lead-news.ts';
import type { AttemptResult, CreateTarget, ReadyDelivery } from '../target.ts';
import type { HubspotField, HubspotOptions } from '../target-options.ts';
import { type BatchInput, combineInputs } from './batch-input.ts';
import { type FieldValues, findFields } from './find-fields.ts';
import { findRecord } from './find-record.ts';
import { fillPropertyNames, type PropertyNames } from './property-names.ts';
import { sendBatch } from './send-batch.ts';

/** The most records of a batch. */
const mostAtOnce = 100;

/** HubSpot takes 100 requests in ten seconds from the smallest accounts, and 190 from others. One is left over. */
const perSecond = 9;

const path = '/crm/v3/objects/contacts/batch/update';

const nameProperties = (fields: FieldValues, names: PropertyNames): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      const name = names[field as HubspotField];
      return name === undefined ? [] : [[name, value]];
    }),
  );

type Planned = { readonly input: BatchInput } | { readonly end: AttemptResult };

const skipped = (reason: string): Planned => ({ end: { kind: 'skipped', reason } });

const planInput = (delivery: ReadyDelivery, { record }: HubspotOptions, names: PropertyNames): Planned => {
  const news = findLeadNews(delivery);
  const fields = news && findFields(news, delivery.occurredAt);
  if (fields === undefined) return skipped('no field of it is written to HubSpot');
  const properties = nameProperties(fields, names);
  if (Object.keys(properties).length === 0) return skipped('no field of it is written to HubSpot');
  const found = findRecord(delivery, record);
  if (found.kind === 'missing') return { end: { kind: 'failed', reason: found.reason } };
  return { input: { record: found.record, properties } };
};

/** Creates the target that writes what is known of leads to the properties of their contacts in HubSpot. */
export const createHubspotTarget: CreateTarget = (
  { name, secret, target: options },
  { http, secrets, now, wait },
) => {
  if (options.kind !== 'hubspot')
    throw new TypeError(`the target of ${name} is ${options.kind}, not hubspot`);
  const names = fillPropertyNames(options);
  const url = `${(options.baseUrl ?? 'https://api.hubapi.com').replace(/\/$/, '')}${path}`;

  const deliver = async (deliveries: readonly ReadyDelivery[]): Promise<readonly AttemptResult[]> => {
    const planned = deliveries.map((delivery) => planInput(delivery, options, names));
    const { inputs, places } = combineInputs(planned.flatMap((one) => ('input' in one ? [one.input] : [])));
    if (inputs.length === 0) return planned.flatMap((one) => ('end' in one ? [one.end] : []));
    const tokens = await secrets.read(secret);
    const results = await sendBatch(
      { http, now, wait, url, tokens, names, pauseMs: 1_000 / perSecond },
      inputs,
    );
    let next = 0;
    return planned.map((one) => {
      if ('end' in one) return one.end;
      const result = results[places[next++] ?? -1];
      if (result === undefined) throw new Error('an input of a batch has no result');
      return result;
    });
  };

  const needs = 'attribute' in options.record ? [options.record.attribute] : [];
  return { deliver, most: mostAtOnce, perSecond, inOneRequest: true, needs };
};
