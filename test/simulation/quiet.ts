import { logger, metrics } from '../../shared/lambda/index.ts';

const nothing = () => {};

/** Switches off logs and metrics. They have their own tests; here they would only cost time. */
export const beQuiet = (): void => {
  Object.assign(metrics, {
    addMetric: nothing,
    singleMetric: () => ({ addDimension: nothing, addMetric: nothing }),
  });
  Object.assign(logger, { debug: nothing, info: nothing, warn: nothing, error: nothing });
};
