import assert from 'node:assert/strict';
import { type CostLine, sumLines } from '../../shared/cost/index.ts';
import type { Deployment } from '../metered/deployment.ts';
import { runInvocations } from '../metered/invocations.ts';
import { computeAdditionalLines, type Deployed, line } from './lines.ts';

/** The messages of a month of 30 days, one a minute. */
const monthly = 30 * 24 * 60;

const million = 1_000_000;

export interface EveryMinuteProps {
  /** The function that a schedule wakes each minute by a message. */
  readonly service: string;
  /** The body of the message. */
  readonly message: object;
  /** Its work, in words, as the line of the bill names it. */
  readonly what: string;
  readonly deployed: Deployed;
}

/** Returns the monthly cost of a function that is woken each minute and finds nothing to do. Each run is traced. */
export const measureEveryMinute = async (
  deployment: Deployment,
  { service, message, what, deployed }: EveryMinuteProps,
): Promise<CostLine> => {
  const attributes = { ApproximateReceiveCount: '1' };
  const event = { Records: [{ messageId: 'wake', body: JSON.stringify(message), attributes }] };
  const check = (answer: unknown): void => assert.deepEqual(answer, { batchItemFailures: [] });
  const usage = await runInvocations(deployment, service, { events: Array(20).fill(event), check });
  const flow = {
    events: usage.invocations,
    bytesIn: 0,
    bytesOut: 0,
    announcements: 0,
    messages: { [service]: usage.invocations },
    usages: [{ service, usage }],
    stored: 0,
    storedByLead: 0,
    leads: 0,
  };
  const lines = computeAdditionalLines(flow, deployed, { eventsASecond: 1, messagesARequest: 1 });
  return line('Lambda', what, monthly, 'a month', sumLines(lines) * (monthly / million));
};
