export class MissingEnvironmentError extends Error {
  readonly code = 'MISSING_ENVIRONMENT';
  constructor(missing: readonly string[]) {
    super(`environment variables not set: ${missing.join(', ')}`);
    this.name = 'MissingEnvironmentError';
  }
}

/**
 * Reads environment variables at init, and names all that are missing, so that a wrong deployment fails before its
 * first event.
 *
 * @example const { BUS_NAME } = readEnvironment(['BUS_NAME']);
 * @throws MissingEnvironmentError
 */
export const readEnvironment = <const Name extends string>(
  names: readonly Name[],
  environment: NodeJS.ProcessEnv = process.env,
): Record<Name, string> => {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) throw new MissingEnvironmentError(missing);
  return Object.fromEntries(names.map((name) => [name, environment[name]])) as Record<Name, string>;
};
