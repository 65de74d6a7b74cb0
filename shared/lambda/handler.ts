import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import { powertoolsLogger } from './logger.ts';
import { metrics } from './observe.ts';

/** What every function has around it: the request id in its logs, and metrics flushed even where it throws. */
export const lambdaHandler = <Event, Answer>(handle: (event: Event) => Promise<Answer>) =>
  middy<Event, Answer>((event: Event) => handle(event))
    .use(injectLambdaContext(powertoolsLogger, { resetKeys: true }))
    .use(logMetrics(metrics));
