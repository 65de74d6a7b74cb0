export { eachRecord, failures, inParallel } from './batches.ts';
export { parseCorrelationId, withCorrelation } from './correlation.ts';
export { MissingEnvironmentError, readEnvironment } from './environment.ts';
export { errorFields } from './errors.ts';
export { lambdaHandler } from './handler.ts';
export { invocationWithCorrelation } from './invocation.ts';
export { logger } from './logger.ts';
export {
  type CountOfNames,
  metricCatalogue,
  type Service,
  type ServiceMetrics,
} from './metric-catalogue.ts';
export { count, countBy, metrics, tally, time, timeInSeconds } from './observe.ts';
export { hashReference } from './reference.ts';
