export { eachRecord, failures, inParallel } from './batches.ts';
export { MissingEnvironmentError, readEnvironment } from './environment.ts';
export { errorFields } from './errors.ts';
export { lambdaHandler } from './handler.ts';
export { count, countBy, leadReference, logger, metrics, tally } from './observe.ts';
