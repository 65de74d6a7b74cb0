export { createDynamoDbRequests, type RequestsProps } from './dynamodb-requests.ts';
export type { KeyedRequest, RequestNoted, Requests, VersionClaim } from './requests.ts';
