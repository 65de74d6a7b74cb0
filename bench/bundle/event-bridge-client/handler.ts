import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

const client = new EventBridgeClient();

/** The smallest possible function that uses EventBridge. */
export const handler = (): Promise<string> => client.config.region();
