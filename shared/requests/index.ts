export { createDynamoDbRequests } from './dynamodb-requests.ts';
export type { KeyedRequest, RequestIdentity, Requests } from './requests.ts';
