export { createDynamoDbRequests, type RequestsProps } from './dynamodb-requests.ts';
export type {
  KeyedRequest,
  RequestFound,
  RequestIdentity,
  RequestNoted,
  Requests,
  RequestToNote,
  SeenVersion,
} from './requests.ts';
