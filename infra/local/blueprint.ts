import * as z from 'zod';
import type { Assembly } from './assembly.ts';
import { compileDenial, type Denial } from './bus-policy.ts';
import { LocalStackError } from './errors.ts';
import { type ApiSpec, readApis } from './http-api/read-apis.ts';
import { compileFilter, compilePattern } from './pattern.ts';
import {
  busPolicy,
  clockRule,
  eventBus,
  eventRule,
  globalTable,
  lambdaFunction,
  queueMapping,
  s3Bucket,
  schedule,
  secret,
  sqsQueue,
  streamMapping,
} from './resource-schemas.ts';
import type { Resource } from './resource-types.ts';
import type { FindNextRun } from './schedules/schedule-expression.ts';

interface Named {
  /** The construct's path within its stack, with the stack's name in front if two stacks have the same path. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
}

export interface TableSpec extends Named {
  readonly streamArn: string;
  readonly properties: z.infer<typeof globalTable>;
}
export interface QueueSpec extends Named {
  readonly properties: z.infer<typeof sqsQueue>;
}
interface BucketSpec extends Named {
  readonly versioned: boolean;
}
export interface SecretSpec extends Named {
  /** The value that the secret gets when it is created. @default none */
  readonly initial:
    | { readonly text: string }
    | { readonly generate: NonNullable<z.infer<typeof secret>['GenerateSecretString']> }
    | undefined;
}
export interface FunctionSpec extends Named {
  readonly folder: string;
  readonly properties: z.infer<typeof lambdaFunction>;
}
export interface RuleSpec {
  readonly id: string;
  readonly bus: string;
  readonly matches: (event: unknown) => boolean;
  readonly targetArns: readonly string[];
}
interface ScheduleTarget {
  readonly arn: string;
  /** The event that the target gets, as JSON. @default one that says only when and why it was sent */
  readonly input: string | undefined;
}
export interface ScheduleSpec {
  readonly id: string;
  readonly arn: string;
  readonly findNextRun: FindNextRun;
  readonly targets: readonly ScheduleTarget[];
  readonly deadLetterArn: string | undefined;
}
export interface QueueMappingSpec {
  readonly id: string;
  readonly properties: z.infer<typeof queueMapping>;
}
export interface StreamMappingSpec {
  readonly id: string;
  readonly matches: (record: unknown) => boolean;
  readonly properties: z.infer<typeof streamMapping>;
}

/** The resources that the templates ask to run, checked and free of intrinsic functions. */
export interface Blueprint {
  readonly tables: readonly TableSpec[];
  readonly queues: readonly QueueSpec[];
  readonly buckets: readonly BucketSpec[];
  readonly secrets: readonly SecretSpec[];
  readonly buses: readonly string[];
  readonly rules: readonly RuleSpec[];
  readonly denials: readonly Denial[];
  readonly schedules: readonly ScheduleSpec[];
  readonly functions: readonly FunctionSpec[];
  readonly queueMappings: readonly QueueMappingSpec[];
  readonly streamMappings: readonly StreamMappingSpec[];
  readonly apis: readonly ApiSpec[];
}

type Read = <T>(resource: Resource, schema: z.ZodType<T>) => T;

/**
 * Creates a reader that resolves only the properties in the schema. A function's layers, for example, are never
 * resolved.
 */
const reader =
  ({ resolve }: Assembly): Read =>
  (resource, schema) => {
    const wanted =
      schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.shape : resource.properties;
    const properties = Object.fromEntries(
      Object.entries(resource.properties)
        .filter(([name]) => Object.hasOwn(wanted, name))
        .map(([name, value]) => [name, resolve(value, resource.stack)]),
    );
    const parsed = schema.safeParse(properties);
    if (parsed.success) return parsed.data;
    const problem = z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ');
    throw new LocalStackError(
      'RESOURCE_INVALID',
      `${resource.stack}/${resource.logicalId} (${resource.type}): ${problem}`,
    );
  };

/** Returns the name of a bus that is given by its name or its ARN. */
export const parseBusName = (nameOrArn: string): string => nameOrArn.replace(/^arn:.*:event-bus\//, '');

const isQueueArn = (arn: unknown): boolean => typeof arn === 'string' && arn.split(':')[2] === 'sqs';

const isClockRule = ({ properties }: Resource): boolean => properties.EventPattern === undefined;

const readRule = (resource: Resource, id: string, read: Read): RuleSpec[] => {
  const { State, EventPattern, EventBusName, Targets } = read(resource, eventRule);
  if (State === 'DISABLED') return [];
  return [
    {
      id,
      bus: parseBusName(EventBusName),
      matches: compilePattern(EventPattern),
      targetArns: Targets.map((target) => target.Arn),
    },
  ];
};

const readBusPolicy = (resource: Resource, read: Read): Denial[] => {
  const { EventBusName, Statement } = read(resource, busPolicy);
  if (Statement.Effect === 'Allow') return [];
  return [{ bus: parseBusName(EventBusName), check: compileDenial(Statement) }];
};

const readClockRule = (resource: Resource, { id, arn }: Named, read: Read): ScheduleSpec[] => {
  const { ScheduleExpression: findNextRun, State, Targets } = read(resource, clockRule);
  if (State === 'DISABLED') return [];
  const targets = Targets.map(({ Arn, Input }) => ({ arn: Arn, input: Input }));
  return [{ id, arn, findNextRun, targets, deadLetterArn: undefined }];
};

const readSchedule = (resource: Resource, { id, arn }: Named, read: Read): ScheduleSpec[] => {
  const { ScheduleExpression: findNextRun, State, Target } = read(resource, schedule);
  if (State === 'DISABLED') return [];
  const { Arn, Input, DeadLetterConfig } = Target;
  const targets = [{ arn: Arn, input: Input }];
  return [{ id, arn, findNextRun, targets, deadLetterArn: DeadLetterConfig?.Arn }];
};

const readBucket = (resource: Resource, named: Named, read: Read): BucketSpec => {
  const { VersioningConfiguration, ObjectLockEnabled } = read(resource, s3Bucket);
  // Object Lock turns versions on.
  return { ...named, versioned: ObjectLockEnabled || VersioningConfiguration?.Status === 'Enabled' };
};

const readSecret = (resource: Resource, named: Named, read: Read): SecretSpec => {
  const { SecretString: text, GenerateSecretString: generate } = read(resource, secret);
  if (text !== undefined) return { ...named, initial: { text } };
  return { ...named, initial: generate && { generate } };
};

const readStreamMapping = (resource: Resource, id: string, read: Read): StreamMappingSpec => {
  const properties = read(resource, streamMapping);
  const filters = properties.FilterCriteria?.Filters.map(({ Pattern }) => compileFilter(JSON.parse(Pattern)));
  return { id, properties, matches: (record) => filters?.some((matches) => matches(record)) ?? true };
};

/**
 * Reads the resources to run. @throws LocalStackError if a resource needs something that the local stack doesn't
 * support
 */
export const readBlueprint = (assembly: Assembly): Blueprint => {
  const { resources, resolve, codeFolder } = assembly;
  const read = reader(assembly);
  const all = (type: string): readonly Resource[] => resources.filter((resource) => resource.type === type);
  const uses = Map.groupBy(resources, ({ path }) => path);
  const chooseId = ({ stack, path }: Resource): string =>
    uses.get(path)?.length === 1 ? path : `${stack}/${path}`;
  const attribute = ({ logicalId, stack }: Resource, name: string): string =>
    String(resolve({ 'Fn::GetAtt': [logicalId, name] }, stack));
  const named = (resource: Resource): Named => {
    const arn = attribute(resource, 'Arn');
    return {
      id: chooseId(resource),
      arn,
      name: arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1),
    };
  };

  const mappings = all('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled !== false)
    .map((resource) => {
      const source = resolve(resource.properties.EventSourceArn, resource.stack);
      return { resource, id: chooseId(resource), fromQueue: isQueueArn(source) };
    });
  const allRules = all('AWS::Events::Rule');
  const rules = allRules
    .filter((resource) => !isClockRule(resource))
    .flatMap((resource) => readRule(resource, chooseId(resource), read));
  const buses = all('AWS::Events::EventBus').map(
    (resource) => read(resource, eventBus) && named(resource).name,
  );
  const functions = all('AWS::Lambda::Function').map((resource) => ({
    ...named(resource),
    folder: codeFolder(resource),
    properties: read(resource, lambdaFunction),
  }));
  const idOf = ({ logicalId, stack }: Resource): string => String(resolve({ Ref: logicalId }, stack));
  return {
    tables: all('AWS::DynamoDB::GlobalTable').map((resource) => ({
      ...named(resource),
      streamArn: attribute(resource, 'StreamArn'),
      properties: read(resource, globalTable),
    })),
    queues: all('AWS::SQS::Queue').map((resource) => ({
      ...named(resource),
      properties: read(resource, sqsQueue),
    })),
    buckets: all('AWS::S3::Bucket').map((resource) => readBucket(resource, named(resource), read)),
    secrets: all('AWS::SecretsManager::Secret').map((resource) =>
      readSecret(resource, named(resource), read),
    ),
    buses: [...new Set([...buses, ...rules.map((rule) => rule.bus)])],
    rules,
    denials: all('AWS::Events::EventBusPolicy').flatMap((resource) => readBusPolicy(resource, read)),
    schedules: [
      ...allRules.filter(isClockRule).flatMap((resource) => readClockRule(resource, named(resource), read)),
      ...all('AWS::Scheduler::Schedule').flatMap((resource) => readSchedule(resource, named(resource), read)),
    ],
    functions,
    queueMappings: mappings
      .filter(({ fromQueue }) => fromQueue)
      .map(({ resource, id }) => ({ id, properties: read(resource, queueMapping) })),
    streamMappings: mappings
      .filter(({ fromQueue }) => !fromQueue)
      .map(({ resource, id }) => readStreamMapping(resource, id, read)),
    apis: readApis({ all, read, idOf, functions }),
  };
};
