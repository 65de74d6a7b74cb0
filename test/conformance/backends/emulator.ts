import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AppSpec, DeployedApp, QueueMapping, StreamMapping } from './app.ts';
import type { Backend } from './backend.ts';
import { account, clientConfig } from './clients.ts';
import { openDatabase, tableInput } from './database.ts';
import { deployed } from './deployed.ts';
import { forwarder, type Handlers, serveHandlers } from './handlers.ts';
import { buildZip } from './zip.ts';

const createClients = (endpoint: string) => ({
  sqs: new SQSClient(clientConfig(endpoint)),
  dynamodb: new DynamoDBClient(clientConfig(endpoint)),
  events: new EventBridgeClient(clientConfig(endpoint)),
  lambda: new LambdaClient(clientConfig(endpoint)),
});

type Clients = ReturnType<typeof createClients>;
interface Queue {
  readonly url: string;
  readonly arn: string;
}

/** Creates the queues, those for dead letters first: a queue names its own by an ARN. */
const createQueues = async ({ sqs }: Clients, { queues = {} }: AppSpec, name: (id: string) => string) => {
  const created = new Map<string, Queue>();
  const byNeed = Object.entries(queues).toSorted(
    ([, a], [, b]) => Number(Boolean(a.redrive)) - Number(Boolean(b.redrive)),
  );
  for (const [id, { visibilityTimeout = 1, delay = 0, redrive }] of byNeed) {
    const RedrivePolicy = redrive && {
      deadLetterTargetArn: created.get(redrive.to)?.arn,
      maxReceiveCount: redrive.maxReceiveCount,
    };
    const Attributes = {
      VisibilityTimeout: `${visibilityTimeout}`,
      DelaySeconds: `${delay}`,
      ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
    };
    const { QueueUrl: url = '' } = await sqs.send(
      new CreateQueueCommand({ QueueName: name(id), Attributes }),
    );
    const asked = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
    );
    created.set(id, { url, arn: asked.Attributes?.QueueArn ?? '' });
  }
  return created;
};

const createFunctions = async (
  { lambda }: Clients,
  { functions = {} }: AppSpec,
  name: (id: string) => string,
  { urlOf }: Handlers,
): Promise<void> => {
  for (const id of Object.keys(functions)) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name(id),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${account}:role/conformance`,
        Timeout: 5,
        Code: { ZipFile: buildZip('index.mjs', forwarder) },
        Environment: { Variables: { HANDLER_URL: urlOf(id) } },
      }),
    );
  }
};

const buildCommon = (mapping: QueueMapping | StreamMapping) => ({
  ...(mapping.batchSize !== undefined && { BatchSize: mapping.batchSize }),
  ...(mapping.window !== undefined && { MaximumBatchingWindowInSeconds: mapping.window }),
  ...(mapping.reportsFailures && { FunctionResponseTypes: ['ReportBatchItemFailures' as const] }),
});

const buildStreamProps = (mapping: StreamMapping, queues: ReadonlyMap<string, Queue>) => ({
  StartingPosition: mapping.startingPosition ?? ('TRIM_HORIZON' as const),
  ...(mapping.bisect && { BisectBatchOnFunctionError: true }),
  ...(mapping.maximumRetryAttempts !== undefined && { MaximumRetryAttempts: mapping.maximumRetryAttempts }),
  ...(mapping.filters && {
    FilterCriteria: { Filters: mapping.filters.map((one) => ({ Pattern: JSON.stringify(one) })) },
  }),
  ...(mapping.onFailure && {
    DestinationConfig: { OnFailure: { Destination: queues.get(mapping.onFailure)?.arn } },
  }),
});

const createMappings = async (
  { lambda }: Clients,
  { queueMappings = [], streamMappings = [] }: AppSpec,
  name: (id: string) => string,
  queues: ReadonlyMap<string, Queue>,
  stream: string | undefined,
): Promise<readonly (string | undefined)[]> => {
  const inputs = [
    ...queueMappings.map((mapping) => ({
      mapping,
      EventSourceArn: queues.get(mapping.queue)?.arn,
      more: {},
    })),
    ...streamMappings.map((mapping) => ({
      mapping,
      EventSourceArn: stream,
      more: buildStreamProps(mapping, queues),
    })),
  ];
  const created: (string | undefined)[] = [];
  for (const { mapping, EventSourceArn, more } of inputs) {
    const input = { FunctionName: name(mapping.function), EventSourceArn, ...buildCommon(mapping), ...more };
    created.push((await lambda.send(new CreateEventSourceMappingCommand(input))).UUID);
  }
  return created;
};

const createRules = async (
  { events }: Clients,
  { rules = [] }: AppSpec,
  bus: string,
  queues: ReadonlyMap<string, Queue>,
): Promise<void> => {
  await events.send(new CreateEventBusCommand({ Name: bus }));
  for (const [index, { pattern, queue, disabled }] of rules.entries()) {
    const Name = `${bus}-${index}`;
    const State = disabled ? ('DISABLED' as const) : ('ENABLED' as const);
    await events.send(
      new PutRuleCommand({ Name, EventBusName: bus, EventPattern: JSON.stringify(pattern), State }),
    );
    const Targets = [{ Id: 'queue', Arn: queues.get(queue)?.arn }];
    await events.send(new PutTargetsCommand({ Rule: Name, EventBusName: bus, Targets }));
  }
};

const deployTo =
  (endpoint: string) =>
  async (spec: AppSpec): Promise<DeployedApp> => {
    const clients = createClients(endpoint);
    const app = `c${randomUUID().slice(0, 8)}`;
    const name = (id: string): string => `${app}-${id}`;
    const handlers = await serveHandlers(spec.functions ?? {});
    try {
      const queues = await createQueues(clients, spec, name);
      const { TableDescription } = await clients.dynamodb.send(
        new CreateTableCommand(tableInput(name('Items'))),
      );
      await createFunctions(clients, spec, name, handlers);
      await createRules(clients, spec, app, queues);
      const mappings = await createMappings(clients, spec, name, queues, TableDescription?.LatestStreamArn);
      return deployed({
        endpoint,
        bus: app,
        table: name('Items'),
        queueUrl: (id) => queues.get(id)?.url ?? '',
        handlers,
        // Mappings would go on polling, so they are removed. Other resources end with the emulator.
        stop: async () => {
          for (const UUID of mappings)
            await clients.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
          for (const client of Object.values(clients)) client.destroy();
        },
      });
    } catch (error) {
      await handlers.stop();
      throw error;
    }
  };

/** Connects to an emulator of AWS that is running. */
export const connectEmulator = (endpoint: string, name: string, stop: () => Promise<void>): Backend => {
  const { close, ...database } = openDatabase(endpoint);
  return {
    name,
    database,
    deploy: deployTo(endpoint),
    stop: async () => {
      close();
      await stop();
    },
  };
};
