import type { Blueprint } from '../../infra/local/blueprint.ts';

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
