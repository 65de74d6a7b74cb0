export { eachRecord, failures, inParallel } from './batches.ts';
export { MissingEnvironmentError, readEnvironment } from './environment.ts';
export { errorFields } from './errors.ts';
export { lambdaHandler } from './handler.ts';
export { invocationAbout } from './invocation.ts';
export { logger } from './logger.ts';
export { count, countBy, metrics, tally } from './observe.ts';
export { referenceTo } from './reference.ts';
export { about, correlationIdIn, correlationIdOf } from './story.ts';
