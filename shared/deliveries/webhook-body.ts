import type { ReadyDelivery } from './target.ts';

/** Returns the body of a webhook: the type and the instant of the announcement, and its data. */
export const buildWebhookBody = ({ type, occurredAt, data, attributes }: ReadyDelivery): string =>
  JSON.stringify({
    type,
    timestamp: occurredAt,
    data: { ...data, ...(attributes !== undefined && { attributes }) },
  });
