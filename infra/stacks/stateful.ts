import { CfnOutput, type Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  type CfnGlobalTable,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { type CfnArchive, EventBus, Match } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  deliveryTimeIndex,
  dueIndex,
  expiryAttribute,
  quarantineLeadIndex,
  queueIndex,
  tierIndex,
} from '../../shared/keys/index.ts';
import { anchorsBucket } from '../constructs/anchors-bucket.ts';
import { bucketEncryption } from '../constructs/bucket-encryption.ts';
import { DataKey } from '../constructs/data-key.ts';
import { Secrets } from '../constructs/secrets.ts';
import { unreadableEventsQueue } from '../constructs/unreadable-events.ts';
import type { Environment } from '../environments.ts';

export interface StatefulStackProps extends StackProps {
  /**
   * The environment. If data outlives the stack, everything is retained, and the tables and the stack refuse deletion.
   */
  readonly environment: Environment;

  /** The name of the bus, and the first part of the names of both stacks: `Sluice-dev`. */
  readonly deploymentName: string;

  /**
   * The names of the partner buses whose rules put events into queues that the key of the account encrypts.
   *
   * @default - none
   */
  readonly partnerBuses?: readonly string[];
}

interface TableIndex {
  readonly name: string;
  readonly partitionKey: string;

  /** @default - the partition key of the table */
  readonly sortKey?: string;
}

const key = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * Returns a sparse index: only items with the partition key are in it. It holds keys only; the state is read by them.
 */
const index = ({ name, partitionKey, sortKey = 'pk' }: TableIndex): GlobalSecondaryIndexPropsV2 => ({
  indexName: name,
  partitionKey: key(partitionKey),
  sortKey: key(sortKey),
  projectionType: ProjectionType.KEYS_ONLY,
});

/**
 * Encrypts a table by a key. The CDK's own way asks for the region of the stack, for replicas, of which there are none.
 */
const encryptBy = ({ keyArn }: IKey, table: TableV2): void =>
  (table.node.defaultChild as CfnGlobalTable).addPropertyOverride('Replicas.0.SSESpecification', {
    KMSMasterKeyId: keyArn,
  });

/**
 * The resources that must outlive a deployment: the tables, the secrets, the bus with its archive, failed records and
 * anchors. All of them exist whatever the context says, so that a value that is left out for once deletes nothing.
 */
export class StatefulStack extends Stack {
  /** The key that encrypts all data, if the account is to have its own. */
  readonly key: IKey | undefined;
  readonly leads: TableV2;
  readonly quarantine: TableV2;
  /** The table of the API's requests. All of it expires but one secret, which is made anew if it is lost. */
  readonly requests: TableV2;
  /** The leads that identifiers belong to. Nothing in it expires: a person who is forgotten would become another lead. */
  readonly identities: TableV2;
  /** The deliveries to targets. Those that have ended expire. */
  readonly deliveries: TableV2;
  readonly secrets: Secrets;
  readonly bus: EventBus;
  /** Events that the bus could not encrypt or decrypt. Undefined without a key of the account. */
  readonly unreadable: Queue | undefined;
  /** Stream records that couldn't be published, whole. */
  readonly failedRecords: Bucket;
  /** The heads of all ledgers, day by day, written once. */
  readonly anchors: Bucket;

  constructor(
    scope: Construct,
    id: string,
    { environment, deploymentName, partnerBuses = [], ...props }: StatefulStackProps,
  ) {
    const { keepData } = environment;
    super(scope, id, { terminationProtection: keepData, ...props });
    // If the first deployment fails, nothing stays behind: the next one would find the name of the bus taken.
    const removalPolicy = keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

    const dataKey = environment.customerManagedKeys
      ? new DataKey(this, 'Data', { removalPolicy })
      : undefined;
    this.key = dataKey?.key;

    const table: TablePropsV2 = {
      partitionKey: key('pk'),
      sortKey: key('sk'),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keepData,
      // A protected table can't be deleted by a rollback either. It has no name that the next deployment would need.
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    this.leads = new TableV2(this, 'Leads', {
      ...table,
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      globalSecondaryIndexes: [index(tierIndex), index(dueIndex), index(queueIndex)],
    });
    this.quarantine = new TableV2(this, 'Quarantine', {
      ...table,
      dynamoStream: StreamViewType.NEW_IMAGE,
      // The erasure of a lead finds its quarantined events by this index.
      globalSecondaryIndexes: [index(quarantineLeadIndex)],
      // Events that nobody corrects are deleted in the end.
      timeToLiveAttribute: expiryAttribute,
    });
    this.requests = new TableV2(this, 'Requests', { ...table, timeToLiveAttribute: expiryAttribute });
    this.identities = new TableV2(this, 'Identities', table);
    this.deliveries = new TableV2(this, 'Deliveries', {
      ...table,
      // A pause is announced when it begins, and not again whenever the item changes while it lasts.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      globalSecondaryIndexes: [index(deliveryTimeIndex)],
      timeToLiveAttribute: expiryAttribute,
    });
    if (this.key) {
      const { leads, quarantine, requests, identities, deliveries } = this;
      for (const each of [leads, quarantine, requests, identities, deliveries]) encryptBy(this.key, each);
    }
    this.secrets = new Secrets(this, 'Secrets', { key: this.key, removalPolicy });

    this.bus = new EventBus(this, 'Bus', {
      // Set here, since the CDK would derive it from construct ids, which are the same in every environment.
      eventBusName: deploymentName,
      description: 'Lead events in, announcements out',
      ...(this.key && { kmsKey: this.key }),
    });
    this.bus.applyRemovalPolicy(removalPolicy);
    dataKey?.allowBus(this.bus);
    if (partnerBuses.length > 0) dataKey?.allowPartnerBuses(partnerBuses);
    this.unreadable = this.key && unreadableEventsQueue(this, 'UnreadableEvents', this.bus, removalPolicy);
    const archive = this.bus.archive('Archive', {
      description: 'Everything that was on the bus, for replay',
      eventPattern: { source: Match.prefix('') },
      retention: environment.archiveRetention,
    });
    archive.applyRemovalPolicy(removalPolicy);
    // `EventBus.archive()` drops the key.
    if (this.key) (archive.node.defaultChild as CfnArchive).kmsKeyIdentifier = this.key.keyArn;

    this.failedRecords = this.#failedRecordsBucket(environment.failedRecordsRetention, removalPolicy);
    this.anchors = anchorsBucket(this, 'Anchors', {
      lock: keepData ? environment.anchorLock : undefined,
      retention: environment.anchorRetention,
      key: this.key,
      removalPolicy,
    });

    // The command line sends its requests there.
    new CfnOutput(this, 'Region', { value: this.region });
    new CfnOutput(this, 'LeadsTableName', { value: this.leads.tableName });
    new CfnOutput(this, 'QuarantineTableName', { value: this.quarantine.tableName });
    new CfnOutput(this, 'RequestsTableName', { value: this.requests.tableName });
    new CfnOutput(this, 'IdentitiesTableName', { value: this.identities.tableName });
    new CfnOutput(this, 'DeliveriesTableName', { value: this.deliveries.tableName });
    new CfnOutput(this, 'BusName', { value: this.bus.eventBusName });
    if (this.unreadable) new CfnOutput(this, 'UnreadableEventsUrl', { value: this.unreadable.queueUrl });
    new CfnOutput(this, 'FailedRecordsBucketName', { value: this.failedRecords.bucketName });
    new CfnOutput(this, 'AnchorsBucketName', { value: this.anchors.bucketName });
    // `audit verify` reports anchors that are missing before this time is over.
    new CfnOutput(this, 'AnchorRetentionDays', { value: `${environment.anchorRetention.toDays()}` });
  }

  #failedRecordsBucket(expiration: Duration, removalPolicy: RemovalPolicy): Bucket {
    const bucket = new Bucket(this, 'FailedRecords', {
      ...bucketEncryption(this.key),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration }],
      removalPolicy,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Normally empty, written by one function only and never public; access logs would need a second ' +
        'bucket to say nothing. Accounts that audit reads turn on CloudTrail data events.',
    });
    return bucket;
  }
}
