import { rmSync } from 'node:fs';
import { startEngine } from '../../../infra/local/engine/engine.ts';
import type { FoundEngine } from '../../../infra/local/engine/find-engine.ts';
import { startLocalStack } from '../../../infra/local/stack.ts';
import {
  getAtt,
  lambda,
  mapping,
  queue,
  ref,
  rule,
  type TemplateResource,
  writeAssembly,
} from '../../integration/infra-local/template.ts';
import type { AppSpec, DeployedApp, QueueMapping, QueueOptions, StreamMapping } from './app.ts';
import type { Backend } from './backend.ts';
import { openDatabase, tableInput } from './database.ts';
import { deployed } from './deployed.ts';
import { forwarder, serveHandlers } from './handlers.ts';

const queueResource = ({ visibilityTimeout = 1, delay = 0, redrive }: QueueOptions): TemplateResource =>
  queue({
    VisibilityTimeout: visibilityTimeout,
    DelaySeconds: delay,
    ...(redrive && {
      RedrivePolicy: {
        deadLetterTargetArn: getAtt(redrive.to, 'Arn'),
        maxReceiveCount: redrive.maxReceiveCount,
      },
    }),
  });

const reports = (reportsFailures: boolean | undefined) =>
  reportsFailures && { FunctionResponseTypes: ['ReportBatchItemFailures'] };

const queueMapping = (given: QueueMapping): TemplateResource =>
  mapping(given.function, getAtt(given.queue, 'Arn'), {
    ...(given.batchSize !== undefined && { BatchSize: given.batchSize }),
    ...(given.window !== undefined && { MaximumBatchingWindowInSeconds: given.window }),
    ...reports(given.reportsFailures),
  });

const streamMapping = (given: StreamMapping): TemplateResource =>
  mapping(given.function, getAtt('Items', 'StreamArn'), {
    StartingPosition: given.startingPosition ?? 'TRIM_HORIZON',
    ...(given.batchSize !== undefined && { BatchSize: given.batchSize }),
    ...(given.window !== undefined && { MaximumBatchingWindowInSeconds: given.window }),
    ...(given.bisect && { BisectBatchOnFunctionError: true }),
    ...(given.maximumRetryAttempts !== undefined && { MaximumRetryAttempts: given.maximumRetryAttempts }),
    ...(given.filters && {
      FilterCriteria: { Filters: given.filters.map((one) => ({ Pattern: JSON.stringify(one) })) },
    }),
    ...(given.onFailure && {
      DestinationConfig: { OnFailure: { Destination: getAtt(given.onFailure, 'Arn') } },
    }),
    ...reports(given.reportsFailures),
  });

const numbered = <Item>(
  prefix: string,
  items: readonly Item[] | undefined,
  toResource: (item: Item) => TemplateResource,
) => Object.fromEntries((items ?? []).map((item, index) => [`${prefix}${index}`, toResource(item)]));

const buildResources = (spec: AppSpec, urlOf: (name: string) => string): Record<string, TemplateResource> => {
  const { TableName: _, BillingMode, StreamSpecification, ...table } = tableInput('');
  const { StreamEnabled, ...stream } = StreamSpecification ?? {};
  const queues = Object.entries(spec.queues ?? {}).map(
    ([id, options]) => [id, queueResource(options)] as const,
  );
  const functions = Object.keys(spec.functions ?? {}).map(
    (id) =>
      [
        id,
        lambda('forwarder', { Timeout: 5, Environment: { Variables: { HANDLER_URL: urlOf(id) } } }),
      ] as const,
  );
  return {
    Items: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { ...table, BillingMode, StreamSpecification: stream },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'conformance' } },
    ...Object.fromEntries([...queues, ...functions]),
    ...numbered('QueueMapping', spec.queueMappings, queueMapping),
    ...numbered('StreamMapping', spec.streamMappings, streamMapping),
    ...numbered('Rule', spec.rules, ({ pattern, queue: to, disabled }) => {
      const { Type, Properties } = rule(pattern, to);
      return {
        Type,
        Properties: { ...Properties, EventBusName: ref('Bus'), ...(disabled && { State: 'DISABLED' }) },
      };
    }),
  };
};

const deploy = async (spec: AppSpec): Promise<DeployedApp> => {
  const handlers = await serveHandlers(spec.functions ?? {});
  const assembly = writeAssembly({ App: { resources: buildResources(spec, handlers.urlOf) } }, { forwarder });
  const stack = await startLocalStack({ assembly });
  return deployed({
    endpoint: stack.endpoint,
    bus: stack.bus,
    table: stack.tables.Items ?? '',
    queueUrl: (id) => `${stack.endpoint}/000000000000/App-${id}`,
    handlers,
    stop: async () => {
      await stack.close();
      rmSync(assembly, { recursive: true });
    },
  });
};

const describeEngine = (found: FoundEngine): string =>
  found.kind === 'embedded' ? `engine ${found.version}` : `engine ${found.kind}`;

/** Starts `infra/local`: a separate app for each behaviour, and one engine for those of DynamoDB alone. */
export const startLocal = async (): Promise<Backend> => {
  const engine = await startEngine();
  const { close, ...database } = openDatabase(engine.endpoint);
  return {
    name: `local runtime (${describeEngine(engine.found)})`,
    database,
    deploy,
    stop: async () => {
      close();
      await engine.stop();
    },
  };
};
