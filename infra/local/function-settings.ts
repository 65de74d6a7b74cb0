import { devNull } from 'node:os';
import type { FunctionSpec } from './blueprint.ts';
import type { FunctionHostProps } from './function-host.ts';
import { region } from './resource-types.ts';

export interface Endpoints {
  readonly dynamodb: string;
  readonly events: string;
}

/** The whole environment of a function, as Lambda sets it, with the clients' endpoints pointing here. */
const functionEnvironment = (
  { name, folder, properties }: FunctionSpec,
  endpoints: Endpoints,
  overrides: Readonly<Record<string, string>>,
): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  // The profile of whoever runs this must not reach the functions' clients.
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.events,
  AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${properties.MemorySize}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  LAMBDA_TASK_ROOT: folder,
  TZ: ':UTC',
  _HANDLER: properties.Handler,
  ...properties.Environment?.Variables,
  ...overrides,
});

/** @param most how many environments this machine is meant to give a function, whatever the template reserves */
export const functionHostProps = (
  spec: FunctionSpec,
  endpoints: Endpoints,
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
    environment: functionEnvironment(spec, endpoints, overrides),
    concurrency: Math.max(1, Math.min(properties.ReservedConcurrentExecutions ?? most, most)),
    onLog,
  };
};
