export {
  type GenericSource,
  isWebhookSource,
  type PartnerSource,
  partnerKinds,
  type SalesforceSource,
  type SegmentPartnerSource,
  type SourceDocument,
  type WebhookSource,
  webhookKinds,
} from './source-document.ts';
