import { devNull } from 'node:os';
import type { FunctionSpec } from './blueprint.ts';
import type { FunctionHostProps } from './function-host.ts';
import { withLocalUrls } from './local-urls.ts';
import { region } from './resource-types.ts';

const variables = ({ properties }: FunctionSpec, gateway: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties.Environment?.Variables ?? {}).map(([name, value]) => [
      name,
      withLocalUrls(value, gateway),
    ]),
  );

/** The access of a function to the services. */
interface Access {
  readonly endpoint: string;
  /** The token by which the endpoint recognises the calls of the function. */
  readonly sessionToken: string;
}

/** Returns the complete environment of a function, as Lambda sets it, with the endpoint of this machine. */
const functionEnvironment = (
  spec: FunctionSpec,
  access: Access,
  overrides: Readonly<Record<string, string>>,
): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: access.sessionToken,
  // The AWS profile of the person who runs this must not reach the functions' clients.
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_ENDPOINT_URL_DYNAMODB: access.endpoint,
  AWS_ENDPOINT_URL_EVENTBRIDGE: access.endpoint,
  AWS_ENDPOINT_URL_LAMBDA: access.endpoint,
  AWS_ENDPOINT_URL_S3: access.endpoint,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: access.endpoint,
  AWS_ENDPOINT_URL_SQS: access.endpoint,
  AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
  AWS_LAMBDA_FUNCTION_NAME: spec.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${spec.properties.MemorySize}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  // On AWS a target that resolves to an inner address is refused; here it may be a program of this machine.
  ALLOW_LOOPBACK_TARGETS: 'true',
  LAMBDA_TASK_ROOT: spec.folder,
  TZ: ':UTC',
  _HANDLER: spec.properties.Handler,
  ...variables(spec, access.endpoint),
  ...overrides,
});

/**
 * Returns the settings of a function's host.
 *
 * @param most the most environments of a function on this machine, whatever the template reserves
 */
export const functionHostProps = (
  spec: FunctionSpec,
  access: Access,
  overrides: Readonly<Record<string, string>>,
  most: number,
  onLog: (line: string) => void,
): FunctionHostProps => {
  const { name, arn, folder, properties } = spec;
  return {
    name,
    arn,
    folder,
    handler: properties.Handler,
    timeoutMs: properties.Timeout * 1_000,
    memoryMb: properties.MemorySize,
    environment: functionEnvironment(spec, access, overrides),
    concurrency: Math.max(1, Math.min(properties.ReservedConcurrentExecutions ?? most, most)),
    onLog,
  };
};
