import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createBus } from '../../shared/bus/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { fullJitter, wait } from '../../shared/retry/index.ts';
import { sendCanary } from './send-canary.ts';

const { BUS_NAME } = readEnvironment(['BUS_NAME']);

export const handler = lambdaHandler(
  sendCanary({
    bus: createBus({
      client: new EventBridgeClient(),
      busName: BUS_NAME,
      pause: (attempt) => wait(fullJitter(attempt)),
    }),
    now: Date.now,
  }),
);
