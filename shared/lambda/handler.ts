import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { powertoolsLogger } from './logger.ts';
import { metrics } from './observe.ts';

/**
 * Publishes the metrics, if there are any. Powertools' own middleware would log a warning for each invocation without
 * metrics.
 */
const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** Wraps a function's handler: log lines have the request id, and metrics are published even if the handler throws. */
export const lambdaHandler = <Event, Answer>(handle: (event: Event) => Promise<Answer>) =>
  middy<Event, Answer>((event: Event) => handle(event))
    .use(injectLambdaContext(powertoolsLogger, { resetKeys: true }))
    .use({ after: publishMetrics, onError: publishMetrics });
