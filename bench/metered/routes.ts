import type { Blueprint } from '../../infra/local/blueprint.ts';

/** The function that counts the funnel. */
export const countingService = 'count-funnel';

const serviceNamed = ({ functions }: Blueprint, reference: string): string | undefined =>
  functions.find(({ name, arn }) =>
    [name, arn].some((called) => reference === called || reference.startsWith(`${called}:`)),
  )?.properties.Environment?.Variables.POWERTOOLS_SERVICE_NAME;

const byQueue = (blueprint: Blueprint): Map<string, string> =>
  new Map(
    blueprint.queueMappings.flatMap(({ properties }) => {
      const service = serviceNamed(blueprint, properties.FunctionName);
      return service === undefined ? [] : [[properties.EventSourceArn, service] as const];
    }),
  );

/** Returns the services that read queues. */
export const queueServices = (blueprint: Blueprint): string[] => [...new Set(byQueue(blueprint).values())];

/**
 * Returns a function that finds the services that an event on the bus goes to, by the rules of the template: one
 * message each.
 */
export const createRouter = (blueprint: Blueprint): ((event: unknown) => string[]) => {
  const services = byQueue(blueprint);
  return (event) =>
    blueprint.rules
      .filter(({ matches }) => matches(event))
      .flatMap(({ targetArns }) => targetArns.flatMap((arn) => services.get(arn) ?? []));
};

/** Returns a function that finds the service that reads the queue of a URL. */
export const createQueueRouter = (blueprint: Blueprint): ((queueUrl: string) => string) => {
  const services = new Map([...byQueue(blueprint)].map(([arn, service]) => [arn.split(':').at(-1), service]));
  return (queueUrl) => {
    const service = services.get(queueUrl.split('/').at(-1));
    if (service === undefined) throw new Error(`no function reads the queue ${queueUrl}`);
    return service;
  };
};
