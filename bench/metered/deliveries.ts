import assert from 'node:assert/strict';
import { outboundContracts } from '../../events/index.ts';
import { subscription, writeIntegrations } from '../integrations.ts';
import { type SampleEvent, toSqsEvent } from '../pipeline/stream.ts';
import { type Deployment, withDeployment } from './deployment.ts';
import { runBatches } from './run-batches.ts';
import type { FunctionUsage } from './usage.ts';
import { type Target, withTarget } from './with-target.ts';

let lead = 0;

/** Returns announcements of a change of tier, each of another lead. */
const announce = (count: number): SampleEvent[] => {
  const { detail, ...event } = outboundContracts.LeadTierChanged.sampleEvent;
  const { metadata, data } = detail;
  return Array.from({ length: count }, () => {
    lead += 1;
    return {
      ...event,
      time: metadata.occurredAt,
      detail: { metadata: { ...metadata, eventId: `tier:${lead}` }, data: { ...data, leadId: `l-${lead}` } },
    };
  });
};

/** Plans deliveries of so many announcements, some of them in a batch. */
export const planDeliveries = (
  deployment: Deployment,
  count: number,
  together: number,
): Promise<FunctionUsage> => {
  const batches = Array.from({ length: count / together }, () => toSqsEvent(announce(together)));
  return runBatches(deployment, 'plan-deliveries', batches);
};

/** The body of the message by which `send-deliveries` learns that there is something to send. */
export const pokeMessage = { subscription: subscription().name };

/** That message, as the function gets it. */
export const poke = {
  Records: [
    {
      messageId: 'poke',
      body: JSON.stringify(pokeMessage),
      attributes: { ApproximateReceiveCount: '1' },
    },
  ],
};

/** Checks that a run has failed none of its messages. */
export const checkSent = (answer: unknown): void => assert.deepEqual(answer, { batchItemFailures: [] });

/** Runs a deployment with a subscription during `work`, and a target that answers after some milliseconds. */
export const withDeliveries = <T>(
  afterMs: number,
  work: (deployment: Deployment, target: Target) => Promise<T>,
): Promise<T> =>
  withTarget(afterMs, (target) =>
    withDeployment(
      (deployment) => work(deployment, target),
      (folder) => ({ ...writeIntegrations(folder, subscription(target.url)), local: true }),
    ),
  );
