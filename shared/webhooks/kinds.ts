import { calendly } from './kinds/calendly.ts';
import { cloudevents } from './kinds/cloudevents.ts';
import { customerio } from './kinds/customerio.ts';
import { generic } from './kinds/generic.ts';
import { hubspot } from './kinds/hubspot.ts';
import { segment } from './kinds/segment.ts';
import { standardWebhooks } from './kinds/standard-webhooks.ts';
import { typeform } from './kinds/typeform.ts';
import type { SourceKind, WebhookKind } from './webhook.ts';

/** All kinds of sources that send webhooks. */
export const kinds: { readonly [Kind in WebhookKind]: SourceKind<Kind> } = {
  hubspot,
  segment,
  typeform,
  calendly,
  customerio,
  cloudevents,
  'standard-webhooks': standardWebhooks,
  generic,
};

/** Returns the kind of a source. The kind of the document and that of the table are the same, so their types fit. */
export const kindOf = ({ kind }: { readonly kind: WebhookKind }): SourceKind =>
  kinds[kind] as unknown as SourceKind;
