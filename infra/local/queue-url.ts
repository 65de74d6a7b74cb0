import { account, awsQueueUrl } from './resource-types.ts';

export const localQueueUrl = (endpoint: string, name: string): string => `${endpoint}/${account}/${name}`;

/** A text with its queues' URLs turned to here: the SDK sends a request to where the URL of its queue points. */
export const withLocalQueueUrls = (text: string, endpoint: string): string =>
  text.replaceAll(awsQueueUrl(''), localQueueUrl(endpoint, ''));
