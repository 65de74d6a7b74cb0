import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { powertoolsLogger } from './logger.ts';
import { metrics } from './observe.ts';

/** Powertools' own middleware would warn, in the log of each invocation that counts nothing, that it counts nothing. */
const publishMetrics = (): void => {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** What every function has around it: the request id in its logs, and metrics flushed even where it throws. */
export const lambdaHandler = <Event, Answer>(handle: (event: Event) => Promise<Answer>) =>
  middy<Event, Answer>((event: Event) => handle(event))
    .use(injectLambdaContext(powertoolsLogger, { resetKeys: true }))
    .use({ after: publishMetrics, onError: publishMetrics });
