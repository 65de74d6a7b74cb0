import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { fullJitter, wait } from '../../shared/retry/index.ts';
import { createAnnouncingBus } from './announcing-bus.ts';
import { publishChanges } from './publish-changes.ts';

const { BUS_NAME } = readEnvironment(['BUS_NAME']);

export const handler = lambdaHandler(
  publishChanges({
    bus: createAnnouncingBus({
      client: new EventBridgeClient(),
      busName: BUS_NAME,
      pause: (attempt) => wait(fullJitter(attempt)),
    }),
  }),
);
