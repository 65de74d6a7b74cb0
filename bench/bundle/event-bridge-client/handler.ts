import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

const client = new EventBridgeClient();

/** The least that a function which uses EventBridge can be. */
export const handler = (): Promise<string> => client.config.region();
