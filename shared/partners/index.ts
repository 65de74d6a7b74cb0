export { parsePartnerEvent } from './parse-partner-event.ts';
export type { PartnerEvent } from './partner-event.ts';
export { normaliseSalesforceId } from './salesforce-id.ts';
export { splitPartnerEvent } from './split-partner-event.ts';
