import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { CfnEventBus, EventBus } from 'aws-cdk-lib/aws-events';
import {
  AccountRootPrincipal,
  PolicyDocument,
  PolicyStatement,
  type PolicyStatementProps,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface DataKeyProps {
  readonly removalPolicy: RemovalPolicy;
}

/** The key itself: in the policy of a key, `*` means that key. */
const thisKey = ['*'];

/**
 * One key of the account for all stored data: tables, queues, buckets, bus and archive. It is rotated every year.
 *
 * Constructs get it as `key`, to which the CDK adds nothing: what services may do with it is granted here, and what
 * functions may do is granted in their roles. The CDK's own grants would be wider, and name resources of other stacks.
 */
export class DataKey extends Construct {
  readonly key: IKey;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { removalPolicy }: DataKeyProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'Encrypts what Sluice keeps: tables, queues, buckets, bus and archive',
      enableKeyRotation: true,
      removalPolicy,
      policy: new PolicyDocument({ statements: [accountDecides()] }),
    });
    this.key = Key.fromKeyArn(this, 'Handed', this.#key.keyArn);
  }

  /** Lets EventBridge store the events of a bus and its archive, and deliver them to queues that the key encrypts. */
  allowBus(bus: EventBus): void {
    const stack = Stack.of(bus);
    // The bus's name as text: a reference to the bus, which itself refers to the key, would be a circle.
    const { name } = bus.node.defaultChild as CfnEventBus;
    const busArn = stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: name });
    for (const statement of [
      eventBridge('KeepEvents', {
        // The archive re-encrypts.
        actions: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
        conditions: {
          StringEquals: { 'kms:EncryptionContext:aws:events:event-bus:arn': busArn },
        },
      }),
      // The request has no encryption context, and reveals only the description of the key.
      eventBridge('CheckKey', { actions: ['kms:DescribeKey'] }),
    ])
      this.#key.addToResourcePolicy(statement);
    this.#allowDelivery('DeliverEvents', [name]);
  }

  /**
   * Lets EventBridge deliver the events of partner buses to queues that the key encrypts.
   *
   * @param buses their names, one or more
   */
  allowPartnerBuses(buses: readonly string[]): void {
    this.#allowDelivery('DeliverPartnerEvents', buses);
  }

  #allowDelivery(sid: string, buses: readonly string[]): void {
    const stack = Stack.of(this);
    const arns = buses.map((bus) =>
      stack.formatArn({ service: 'events', resource: 'rule', resourceName: `${bus}/*` }),
    );
    this.#key.addToResourcePolicy(
      eventBridge(sid, {
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': arns.length === 1 ? arns[0] : arns },
        },
      }),
    );
  }
}

/**
 * Returns the statement that leaves the management of the key to the policies of the account's roles. Without it nobody
 * could manage the key, or even delete it.
 */
const accountDecides = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'AccountDecides',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:*'],
    resources: thisKey,
  });

const eventBridge = (sid: string, props: PolicyStatementProps): PolicyStatement =>
  new PolicyStatement({
    sid,
    principals: [new ServicePrincipal('events.amazonaws.com')],
    resources: thisKey,
    ...props,
  });
