import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ApiService } from '../../events/api/index.ts';
import type { Subscription } from '../../shared/deliveries/index.ts';
import {
  clockKey,
  cursorSecretKey,
  deliveryTimeIndex,
  dueIndex,
  funnelPartitions,
  funnelStockKey,
  leadKey,
  modelDirectory,
  modelHistory,
  modelKey,
  modelPointerKey,
  pairsPartition,
  quarantineLeadIndex,
  queueIndex,
  requestKey,
  rescoringPartition,
  sourcesPartition,
  tierIndex,
  versionClaimKey,
} from '../../shared/keys/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import type { SourceDocument } from '../../shared/sources/index.ts';
import { grantReadingAnchors } from './anchor-grants.ts';
import { documentsBesideBundle } from './document-asset.ts';
import { grantReplaying, grantRequesting } from './event-grants.ts';
import { answerTimeout } from './http-door.ts';
import { deliveryAttributes, leadAttributes } from './item-attributes.ts';
import { grantIndex, grantItems, grantPartitions, grantReading } from './item-grants.ts';
import { grantKey } from './key-grants.ts';
import { modelBesideBundle, modelFileName } from './model-asset.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';

export interface ApiFunctionsProps extends Pick<SluiceFunctionProps, 'logRetention'> {
  readonly leads: TableV2;
  readonly quarantine: TableV2;
  readonly requests: TableV2;
  readonly identities: TableV2;
  readonly deliveries: TableV2;
  readonly anchors: Bucket;
  readonly bus: EventBus;

  /**
   * The sources, checked.
   *
   * @default - nothing is taken in from sources
   */
  readonly sources: readonly SourceDocument[] | undefined;

  /**
   * The subscriptions, checked.
   *
   * @default - nothing is delivered
   */
  readonly subscriptions: readonly Subscription[] | undefined;

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
  const { leads, requests, identities, model, key, logRetention } = props;
  const { function: answering } = new ApiFunction(scope, 'AnswerQueries', {
    service: 'answer-queries',
    logRetention,
    commandHooks: modelBesideBundle(model),
    environment: {
      LEADS_TABLE: leads.tableName,
      REQUESTS_TABLE: requests.tableName,
      IDENTITIES_TABLE: identities.tableName,
      MODEL_FILE: modelFileName,
    },
    key,
  });
  const { lambda } = answering;
  // Whole items: an answer shows everything that is known about a lead.
  grantItems(leads, lambda, 'BatchGetItem', 'Query', 'Scan');
  for (const { name } of [tierIndex, queueIndex]) grantIndex(leads, name, lambda);
  grantPartitions(identities, lambda, [pairsPartition], 'Query');
  grantNoting(requests, answering, 'secret');
  return answering;
};

const takeRequests = (scope: Construct, props: ApiFunctionsProps): SluiceFunction => {
  const { leads, requests, anchors, bus, key, logRetention } = props;
  const { function: taking } = new ApiFunction(scope, 'TakeRequests', {
    service: 'take-requests',
    logRetention,
    environment: {
      LEADS_TABLE: leads.tableName,
      REQUESTS_TABLE: requests.tableName,
      ANCHORS_BUCKET: anchors.bucketName,
      BUS_NAME: bus.eventBusName,
    },
    key,
  });
  const { lambda } = taking;
  // A ledger is proven here, where all of a lead may be read, by its last anchor too.
  grantReadingAnchors(lambda, anchors);
  grantPartitions(leads, lambda, [leadKey('*')], 'BatchGetItem', 'Query');
  const { idempotencyKeys, versions } = requestPartitions;
  grantPartitions(requests, lambda, [idempotencyKeys], 'GetItem');
  // A version is taken on a condition, and never read.
  grantPartitions(requests, lambda, [idempotencyKeys, versions], 'UpdateItem');
  grantRequesting(bus, lambda);
  return taking;
};

/** The name of the file with what the function knows of documents; the value of `HEALTH_FILE`. */
const healthFileName = 'health.json';

/** Returns what health needs of documents: neither mappings nor targets. */
const outlineDocuments = ({ sources, subscriptions }: ApiFunctionsProps) => ({
  ...(sources && {
    sources: sources.map(({ name, kind, silentAfterHours }) => ({
      name,
      kind,
      ...(silentAfterHours !== undefined && { silentAfterHours }),
    })),
  }),
  ...(subscriptions && {
    subscriptions: subscriptions.map(({ name, target: { kind } }) => ({ name, kind })),
  }),
});

const manageQuarantine = (scope: Construct, props: ApiFunctionsProps): SluiceFunction => {
  const { leads, quarantine, requests, deliveries, anchors, bus, key, logRetention } = props;
  const { function: managing } = new ApiFunction(scope, 'ManageQuarantine', {
    service: 'manage-quarantine',
    logRetention,
    commandHooks: documentsBesideBundle({ [healthFileName]: outlineDocuments(props) }),
    environment: {
      LEADS_TABLE: leads.tableName,
      QUARANTINE_TABLE: quarantine.tableName,
      REQUESTS_TABLE: requests.tableName,
      DELIVERIES_TABLE: deliveries.tableName,
      ANCHORS_BUCKET: anchors.bucketName,
      BUS_NAME: bus.eventBusName,
      HEALTH_FILE: healthFileName,
    },
    key,
  });
  const { lambda } = managing;
  // Whole items: a rejected event is shown and put again as it came, and a step is an item of its own.
  grantItems(quarantine, lambda, 'GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem');
  grantIndex(quarantine, quarantineLeadIndex.name, lambda);
  grantNoting(requests, managing, 'secret', 'idempotencyKeys');
  grantReplaying(bus, lambda);
  grantHealth(managing, props);
  return managing;
};

/** Grants reading how far parts of Sluice are: of leads and deliveries it reads keys and states, and no content. */
const grantHealth = ({ lambda }: SluiceFunction, props: ApiFunctionsProps): void => {
  const { leads, requests, deliveries, anchors, sources, subscriptions } = props;
  grantIndex(leads, dueIndex.name, lambda);
  grantReading(leads, lambda, 'BatchGetItem', leadAttributes.advanceLeads.read, clockKey.pk);
  grantReading(leads, lambda, 'Query', leadAttributes.rescoreLeads.read, rescoringPartition);
  grantReadingAnchors(lambda, anchors);
  if (sources) grantPartitions(requests, lambda, [sourcesPartition], 'Query');
  if (subscriptions === undefined) return;
  grantIndex(deliveries, deliveryTimeIndex.name, lambda);
  grantReading(deliveries, lambda, 'BatchGetItem', deliveryAttributes.manageQuarantine.read);
};

const manageModels = (scope: Construct, props: ApiFunctionsProps): SluiceFunction => {
  const { leads, key, logRetention } = props;
  const { function: managing } = new ApiFunction(scope, 'ManageModels', {
    service: 'manage-models',
    logRetention,
    environment: { LEADS_TABLE: leads.tableName },
    key,
  });
  const { lambda } = managing;
  const documents = modelKey('*').pk;
  const pointer = modelPointerKey.pk;
  const stock = funnelPartitions.map((partition) => funnelStockKey(partition).pk);
  grantPartitions(leads, lambda, [documents, pointer, rescoringPartition, ...stock], 'BatchGetItem');
  grantPartitions(leads, lambda, [modelHistory, rescoringPartition], 'Query');
  // A change is one transaction of all that belongs to it.
  const written = [documents, modelDirectory, pointer, modelHistory, rescoringPartition];
  grantPartitions(leads, lambda, written, 'PutItem');
  grantPartitions(leads, lambda, [rescoringPartition], 'UpdateItem');
  return managing;
};

export type ApiFunctions = Readonly<Record<ApiService, SluiceFunction>>;

/** Creates the functions that answer the API, each with the rights that its routes need. */
export const createApiFunctions = (scope: Construct, props: ApiFunctionsProps): ApiFunctions => ({
  'answer-queries': answerQueries(scope, props),
  'take-requests': takeRequests(scope, props),
  'manage-quarantine': manageQuarantine(scope, props),
  'manage-models': manageModels(scope, props),
});
