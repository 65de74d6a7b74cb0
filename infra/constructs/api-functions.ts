import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ApiService } from '../../events/api/index.ts';
import {
  cursorSecretKey,
  leadKey,
  quarantineLeadIndex,
  queueIndex,
  requestKey,
  tierIndex,
  versionClaimKey,
} from '../../shared/keys/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { grantReplaying, grantRequesting } from './event-grants.ts';
import { answerTimeout } from './http-door.ts';
import { grantIndex, grantItems, grantPartitions } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { modelBesideBundle, modelFileName } from './model-asset.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

export interface ApiFunctionsProps extends Pick<SluiceFunctionProps, 'logRetention'> {
  readonly leads: TableV2;
  readonly quarantine: TableV2;
  readonly requests: TableV2;
  readonly bus: EventBus;

  /** The model that is used while the leads table has none. */
  readonly model: ModelDocument;

  /**
   * The key that encrypts the tables.
   *
   * @default - keys of AWS
   */
  readonly key: IKey | undefined;
}

/** A function of the API. */
class ApiFunction extends Construct {
  readonly function: SluiceFunction;

  constructor(
    scope: Construct,
    id: string,
    { key, ...props }: Omit<SluiceFunctionProps, 'timeout'> & Pick<ApiFunctionsProps, 'key'>,
  ) {
    super(scope, id);
    this.function = new SluiceFunction(this, 'Handler', { timeout: answerTimeout, ...props });
    grantKey(key, this.function.lambda, 'tables');
  }
}

/** The partitions of the table of requests, by what is in them. */
const requestPartitions = {
  secret: cursorSecretKey.pk,
  idempotencyKeys: requestKey('*').pk,
  versions: versionClaimKey('*', 0).pk,
};

/** Grants reading some partitions of the table of requests, and noting something in them. */
const grantNoting = (
  requests: TableV2,
  { lambda }: SluiceFunction,
  ...names: (keyof typeof requestPartitions)[]
): void => {
  const partitions = names.map((name) => requestPartitions[name]);
  grantPartitions(requests, lambda, partitions, 'GetItem', 'UpdateItem');
};

const answerQueries = (scope: Construct, props: ApiFunctionsProps): SluiceFunction => {
  const { leads, requests, model, key, logRetention } = props;
  const { function: answering } = new ApiFunction(scope, 'AnswerQueries', {
    service: 'answer-queries',
    logRetention,
    commandHooks: modelBesideBundle(model),
    environment: {
      LEADS_TABLE: leads.tableName,
      REQUESTS_TABLE: requests.tableName,
      MODEL_FILE: modelFileName,
    },
    key,
  });
  const { lambda } = answering;
  // Whole items: an answer shows everything that is known about a lead.
  grantItems(leads, lambda, 'BatchGetItem', 'Query', 'Scan');
  for (const { name } of [tierIndex, queueIndex]) grantIndex(leads, name, lambda);
  grantNoting(requests, answering, 'secret');
  return answering;
};

const takeRequests = (scope: Construct, props: ApiFunctionsProps): SluiceFunction => {
  const { leads, requests, bus, key, logRetention } = props;
  const { function: taking } = new ApiFunction(scope, 'TakeRequests', {
    service: 'take-requests',
    logRetention,
    environment: {
      LEADS_TABLE: leads.tableName,
      REQUESTS_TABLE: requests.tableName,
      BUS_NAME: bus.eventBusName,
    },
    key,
  });
  const { lambda } = taking;
  grantPartitions(leads, lambda, [leadKey('*')], 'BatchGetItem', 'Query');
  const { idempotencyKeys, versions } = requestPartitions;
  grantPartitions(requests, lambda, [idempotencyKeys], 'GetItem');
  // A version is taken on a condition, and never read.
  grantPartitions(requests, lambda, [idempotencyKeys, versions], 'UpdateItem');
  grantRequesting(bus, lambda);
  return taking;
};

const manageQuarantine = (scope: Construct, props: ApiFunctionsProps): SluiceFunction => {
  const { quarantine, requests, bus, key, logRetention } = props;
  const { function: managing } = new ApiFunction(scope, 'ManageQuarantine', {
    service: 'manage-quarantine',
    logRetention,
    environment: {
      QUARANTINE_TABLE: quarantine.tableName,
      REQUESTS_TABLE: requests.tableName,
      BUS_NAME: bus.eventBusName,
    },
    key,
  });
  const { lambda } = managing;
  // Whole items: a rejected event is shown and put again as it came, and a step is an item of its own.
  grantItems(quarantine, lambda, 'GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem');
  grantIndex(quarantine, quarantineLeadIndex.name, lambda);
  grantNoting(requests, managing, 'secret', 'idempotencyKeys');
  grantReplaying(bus, lambda);
  return managing;
};

export type ApiFunctions = Readonly<Record<ApiService, SluiceFunction>>;

/** Creates the functions that answer the API, each with the rights that its routes need. */
export const createApiFunctions = (scope: Construct, props: ApiFunctionsProps): ApiFunctions => ({
  'answer-queries': answerQueries(scope, props),
  'take-requests': takeRequests(scope, props),
  'manage-quarantine': manageQuarantine(scope, props),
});
