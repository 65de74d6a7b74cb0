import { account, awsQueueUrl } from './resource-types.ts';

export const localQueueUrl = (endpoint: string, name: string): string => `${endpoint}/${account}/${name}`;

/**
 * Returns a text with its queue URLs pointed to this machine: the SDK sends a request to the host in the queue's URL.
 */
export const withLocalQueueUrls = (text: string, endpoint: string): string =>
  text.replaceAll(awsQueueUrl(''), localQueueUrl(endpoint, ''));
