import { account, awsApiUrl, awsQueueUrl } from './resource-types.ts';

export const localQueueUrl = (endpoint: string, name: string): string => `${endpoint}/${account}/${name}`;

/** The URL of any HTTP API. */
const anyApiUrl = new RegExp(awsApiUrl('[\\w-]+').replaceAll('.', '\\.'), 'g');

/**
 * Returns a text with its URLs of queues and HTTP APIs pointed to this machine: the SDK sends a request to the host in
 * the queue's URL.
 */
export const withLocalUrls = (text: string, endpoint: string): string =>
  text.replaceAll(awsQueueUrl(''), localQueueUrl(endpoint, '')).replaceAll(anyApiUrl, endpoint);
