import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  actionPattern,
  canaryPattern,
  deadlineMovedPattern,
  erasurePattern,
  funnelPattern,
  handoffVerdictPattern,
  inboundPattern,
  recyclingPattern,
} from '../../events/index.ts';
import type { Subscription } from '../../shared/deliveries/index.ts';
import {
  anchorPrefix,
  deliveryTimeIndex,
  dueIndex,
  funnelPartitions,
  quarantineLeadIndex,
  queueIndex,
  tierIndex,
} from '../../shared/keys/index.ts';
import { isWebhookSource, type SourceDocument } from '../../shared/sources/index.ts';
import { AdvanceFunction, type AdvanceFunctionProps } from '../constructs/advance-function.ts';
import { AnchorFunction } from '../constructs/anchor-function.ts';
import { openDoors } from '../constructs/api-doors.ts';
import { type ApiFunctions, createApiFunctions } from '../constructs/api-functions.ts';
import { BusPolicy } from '../constructs/bus-policy.ts';
import { CanaryFunction } from '../constructs/canary-function.ts';
import { dashboard } from '../constructs/dashboard/dashboard.ts';
import { watchedBelow } from '../constructs/dashboard/watched.ts';
import { countDeadLetters } from '../constructs/dead-letter-counts.ts';
import { createDeliveries } from '../constructs/deliveries.ts';
import {
  alarmOnFailedDeliveries,
  alarmOnPausedDeliveries,
  alarmOnUndeliveredErasures,
} from '../constructs/delivery-alarms.ts';
import { DriftFunction } from '../constructs/drift-function.ts';
import { grantAnnouncing } from '../constructs/event-grants.ts';
import { leadAttributes, quarantineAttributes } from '../constructs/item-attributes.ts';
import {
  grantChanging,
  grantCounters,
  grantIndex,
  grantItems,
  grantReading,
} from '../constructs/item-grants.ts';
import { keepIdentities } from '../constructs/keep-identities.ts';
import { grantKey } from '../constructs/key-grants.ts';
import { checkedModel, modelBesideBundle, modelFileName } from '../constructs/model-asset.ts';
import { QueueFunction } from '../constructs/queue-function.ts';
import { RecountFunction } from '../constructs/recount-function.ts';
import { RescoreFunction } from '../constructs/rescore-function.ts';
import { SafeDeployments } from '../constructs/safe-deployments.ts';
import {
  alarmOnConflicts,
  alarmOnQuarantine,
  alarmOnRefusedAnnouncements,
  alarmOnRefusedErasures,
} from '../constructs/scoring-alarms.ts';
import { SluiceFunction } from '../constructs/sluice-function.ts';
import { StreamFunction } from '../constructs/stream-function.ts';
import {
  activations,
  announcingEntries,
  consumerItems,
  driftFindingChecks,
  pausedSubscriptions,
  quarantinedEvents,
} from '../constructs/stream-patterns.ts';
import { alarmOnThrottledTable } from '../constructs/table-alarms.ts';
import { takePartnerEvents } from '../constructs/take-partner-events.ts';
import { alarmOnThrottles } from '../constructs/throttle-alarms.ts';
import { alarmOnUnreadable } from '../constructs/unreadable-events.ts';
import { receiveWebhooks } from '../constructs/webhooks.ts';
import type { Environment } from '../environments.ts';
import type { TokenIssuer } from '../token-issuer.ts';
import type { StatefulStack } from './stateful.ts';

export interface StatelessStackProps extends StackProps {
  readonly stateful: Pick<
    StatefulStack,
    | 'key'
    | 'leads'
    | 'quarantine'
    | 'requests'
    | 'identities'
    | 'deliveries'
    | 'secrets'
    | 'bus'
    | 'unreadable'
    | 'failedRecords'
    | 'anchors'
  >;

  /** Absolute path of the scoring model. */
  readonly modelFile: string;

  readonly environment: Environment;

  /** The first part of the names of both stacks: `Sluice-dev`. */
  readonly deploymentName: string;

  /**
   * The SNS topic of all alarms.
   *
   * @default - none
   */
  readonly alarmTopicArn?: string;

  /**
   * The issuer of the tokens by which the API knows people.
   *
   * @default - the API has no door for people
   */
  readonly tokens?: TokenIssuer | undefined;

  /**
   * The API for people, if the stack of the console has it.
   *
   * @default - one of its own, if there is an issuer
   */
  readonly peopleApi?: CfnApi | undefined;

  /**
   * The sources of webhooks, checked.
   *
   * @default - there is no door for webhooks
   */
  readonly sources?: readonly SourceDocument[] | undefined;

  /**
   * The URL at which webhooks arrive.
   *
   * @default - that of their API
   */
  readonly hooksUrl?: string | undefined;

  /**
   * The subscriptions to which announcements are delivered, checked.
   *
   * @default - nothing is delivered
   */
  readonly subscriptions?: readonly Subscription[] | undefined;
}

/** The functions that put events on the bus. */
interface PuttingFunctions {
  readonly publisher: SluiceFunction;
  readonly canary: SluiceFunction;
  readonly api: ApiFunctions;
  /** Those that take in what sources send. */
  readonly intake: readonly SluiceFunction[];
}

/**
 * The resources that a deployment may replace at any time: functions with their queues and rules, alarms and the
 * dashboard.
 */
export class StatelessStack extends Stack {
  constructor(scope: Construct, id: string, props: StatelessStackProps) {
    super(scope, id, props);
    const leads = this.#scoreLeads(props);
    const publisher = this.#publishChanges(props);
    const nurtures = this.#startNurture(props);
    const handoffs = this.#handOff(props);
    this.#advanceLeads(props, { leads, handoffs, nurtures });
    this.#rescoreLeads(props, leads);
    this.#eraseLead(props);
    this.#countFunnel(props);
    this.#checkDrift(props);
    this.#anchorHeads(props);
    const canary = this.#canary(props);
    const api = this.#answerHttp(props);
    const intake = this.#takeIn(props);
    this.#deliver(props);
    countDeadLetters(this, api['manage-quarantine'], props.stateful.unreadable);
    this.#busPolicy(props, { publisher, canary, api, intake });
    const { deployment } = props.environment;
    if (deployment !== 'plain')
      new SafeDeployments(this, 'Deployments', { functions: this.#functions(), deployment });
    this.#watch(props);
    if (props.alarmTopicArn) this.#notify(props.alarmTopicArn);
  }

  #scoreLeads({ stateful, modelFile, environment }: StatelessStackProps): Queue {
    const { key, leads, quarantine, bus } = stateful;
    const model = checkedModel(modelFile);
    new CfnOutput(this, 'ModelVersion', { value: `${model.id}@${model.version}` });
    const { function: scoring, source } = new QueueFunction(this, 'ScoreLeads', {
      service: 'score-leads',
      logRetention: environment.logRetention,
      commandHooks: modelBesideBundle(model),
      environment: {
        LEADS_TABLE: leads.tableName,
        QUARANTINE_TABLE: quarantine.tableName,
        MODEL_FILE: modelFileName,
      },
      bus,
      key,
      patterns: { Inbound: inboundPattern, Recycled: recyclingPattern },
      batchSize: 50,
      maxConcurrency: environment.scoringConcurrency,
    });
    const { lambda } = scoring;
    grantItems(leads, lambda, 'BatchGetItem', 'PutItem');
    // A lead that was woken too early is moved in the index by due time, without an entry.
    grantChanging(leads, lambda, 'UpdateItem', leadAttributes.scoreLeads.update);
    grantReading(quarantine, lambda, 'Query', quarantineAttributes.scoreLeads.read);
    grantChanging(quarantine, lambda, 'UpdateItem', quarantineAttributes.scoreLeads.update);
    grantKey(key, lambda, 'tables');
    return source.queue;
  }

  #publishChanges({ stateful, environment, subscriptions }: StatelessStackProps): SluiceFunction {
    const { key, leads, quarantine, deliveries, bus, failedRecords } = stateful;
    const publisher = new StreamFunction(this, 'PublishChanges', {
      service: 'publish-changes',
      memorySize: followerMemory,
      logRetention: environment.logRetention,
      environment: { BUS_NAME: bus.eventBusName },
      sources: {
        Leads: {
          table: leads,
          patterns: [announcingEntries, consumerItems, activations, driftFindingChecks],
        },
        Quarantine: { table: quarantine, patterns: [quarantinedEvents] },
        ...(subscriptions && { Deliveries: { table: deliveries, patterns: [pausedSubscriptions] } }),
      },
      failedRecords,
      key,
    }).function;
    const { lambda, live } = publisher;
    grantAnnouncing(bus, lambda);
    new CfnOutput(this, 'PublishChangesFunctionName', { value: live.functionName });
    acknowledgeObjects(lambda, failedRecords, {
      objects: 'aws/lambda/*',
      reason: 'Lambda names the objects after mapping, shard and date; all of them lie below this prefix.',
    });
    return publisher;
  }

  #startNurture({ stateful, environment }: StatelessStackProps): Queue {
    const { key, leads, bus } = stateful;
    const { function: nurturing, source } = new QueueFunction(this, 'StartNurture', {
      service: 'start-nurture',
      memorySize: followerMemory,
      logRetention: environment.logRetention,
      environment: { LEADS_TABLE: leads.tableName },
      bus,
      key,
      patterns: { ActionChanged: actionPattern },
    });
    const { lambda } = nurturing;
    grantReading(leads, lambda, 'BatchGetItem', leadAttributes.startNurture.read);
    grantChanging(leads, lambda, 'UpdateItem', leadAttributes.startNurture.update);
    grantKey(key, lambda, 'tables');
    return source.queue;
  }

  #handOff({ stateful, environment }: StatelessStackProps): Queue {
    const { key, leads, bus } = stateful;
    const { function: handing, source } = new QueueFunction(this, 'HandOff', {
      service: 'hand-off',
      memorySize: followerMemory,
      logRetention: environment.logRetention,
      environment: { LEADS_TABLE: leads.tableName },
      bus,
      key,
      patterns: {
        ActionChanged: actionPattern,
        VerdictGiven: handoffVerdictPattern,
        DeadlineMoved: deadlineMovedPattern,
      },
    });
    const { lambda } = handing;
    const { read, readModelOrState, check, update } = leadAttributes.handOff;
    grantReading(leads, lambda, 'Query', read);
    grantReading(leads, lambda, 'BatchGetItem', readModelOrState);
    grantChanging(leads, lambda, 'ConditionCheckItem', check);
    grantChanging(leads, lambda, 'UpdateItem', update);
    grantKey(key, lambda, 'tables');
    return source.queue;
  }

  #advanceLeads(
    { stateful: { key, leads }, environment: { logRetention } }: StatelessStackProps,
    queues: AdvanceFunctionProps['queues'],
  ): void {
    const { live } = new AdvanceFunction(this, 'AdvanceLeads', { leads, queues, key, logRetention }).function;
    new CfnOutput(this, 'AdvanceLeadsFunctionName', { value: live.functionName });
  }

  #rescoreLeads({ stateful, environment: { logRetention } }: StatelessStackProps, scoring: Queue): void {
    const { key, leads, bus } = stateful;
    new RescoreFunction(this, 'RescoreLeads', { leads, bus, scoring, key, logRetention });
  }

  #eraseLead({ stateful, environment }: StatelessStackProps): void {
    const { key, leads, quarantine, bus } = stateful;
    const { lambda } = new QueueFunction(this, 'EraseLead', {
      service: 'erase-lead',
      memorySize: followerMemory,
      logRetention: environment.logRetention,
      environment: { LEADS_TABLE: leads.tableName, QUARANTINE_TABLE: quarantine.tableName },
      bus,
      key,
      patterns: { LeadErased: erasurePattern },
      batchSize: 1,
      timeout: Duration.minutes(5),
      // Events that were quarantined just before the erasure are found by an index, which lags behind the table.
      deliveryDelay: Duration.minutes(1),
    }).function;
    // Whole entries, because their commitments hash everything that is erased, whatever it is called.
    grantItems(leads, lambda, 'Query');
    grantReading(leads, lambda, 'BatchGetItem', leadAttributes.eraseLead.read);
    grantChanging(leads, lambda, 'UpdateItem', leadAttributes.eraseLead.update);
    grantReading(quarantine, lambda, 'Query', quarantineAttributes.eraseLead.read);
    grantChanging(quarantine, lambda, 'UpdateItem', quarantineAttributes.eraseLead.update);
    grantIndex(quarantine, quarantineLeadIndex.name, lambda);
    grantKey(key, lambda, 'tables');
  }

  #countFunnel({ stateful, environment: { logRetention } }: StatelessStackProps): void {
    const { key, leads, bus } = stateful;
    const { lambda } = new QueueFunction(this, 'CountFunnel', {
      service: 'count-funnel',
      memorySize: followerMemory,
      logRetention,
      environment: { LEADS_TABLE: leads.tableName },
      bus,
      key,
      patterns: { StandingChanged: funnelPattern },
      // Leads that are counted together share the writes of the counters, and nobody waits for a count.
      batchSize: 200,
      batchWindow: Duration.seconds(10),
      // All of them write to the same few counters.
      maxConcurrency: 4,
    }).function;
    const { read, update } = leadAttributes.countFunnel;
    grantReading(leads, lambda, 'BatchGetItem', read);
    grantChanging(leads, lambda, 'UpdateItem', update);
    grantCounters(leads, lambda, 'UpdateItem', funnelPartitions);
    grantKey(key, lambda, 'tables');
    const { live } = new RecountFunction(this, 'RecountFunnel', { leads, key, logRetention }).function;
    new CfnOutput(this, 'RecountFunnelFunctionName', { value: live.functionName });
  }

  #checkDrift({ stateful: { key, leads }, environment: { logRetention } }: StatelessStackProps): void {
    const { live } = new DriftFunction(this, 'CheckDrift', { leads, key, logRetention }).function;
    new CfnOutput(this, 'CheckDriftFunctionName', { value: live.functionName });
  }

  #anchorHeads({ stateful, environment }: StatelessStackProps): void {
    const { leads, anchors } = stateful;
    const { function: anchoring, missedRuns } = new AnchorFunction(this, 'AnchorHeads', {
      leads,
      anchors,
      logRetention: environment.logRetention,
    });
    const { lambda, live } = anchoring;
    new CfnOutput(this, 'AnchorHeadsFunctionName', { value: live.functionName });
    new CfnOutput(this, 'AnchorHeadsMissedRunsUrl', { value: missedRuns.queueUrl });
    acknowledgeAnchors(lambda, anchors);
  }

  #functions(): SluiceFunction[] {
    return this.node.findAll().filter((node) => node instanceof SluiceFunction);
  }

  #canary({ stateful: { bus, key }, environment: { logRetention } }: StatelessStackProps): SluiceFunction {
    const canary = new CanaryFunction(this, 'SendCanary', { bus, logRetention }).function;
    new QueueFunction(this, 'TimeCanary', {
      service: 'time-canary',
      logRetention,
      bus,
      key,
      patterns: { Returned: canaryPattern },
      maxConcurrency: 2,
    });
    new CfnOutput(this, 'SendCanaryFunctionName', { value: canary.live.functionName });
    return canary;
  }

  /** Creates the API, and returns its functions. */
  #answerHttp({ stateful, modelFile, tokens, peopleApi, ...props }: StatelessStackProps): ApiFunctions {
    const { deploymentName, environment, sources, subscriptions } = props;
    const { logRetention } = environment;
    const model = checkedModel(modelFile);
    const { key, leads, quarantine, requests, identities, deliveries, anchors, bus } = stateful;
    const stores = { leads, quarantine, requests, identities, deliveries, anchors };
    const documents = { sources, subscriptions };
    const functions = createApiFunctions(this, { ...stores, ...documents, bus, key, model, logRetention });
    for (const service of ['take-requests', 'manage-quarantine'] as const)
      acknowledgeAnchors(functions[service].lambda, anchors);
    openDoors(this, { functions, deploymentName, tokens, peopleApi, logRetention });
    return functions;
  }

  /** Creates what takes in what sources send, and returns its functions. */
  #takeIn({
    stateful,
    sources,
    hooksUrl,
    deploymentName,
    environment,
  }: StatelessStackProps): SluiceFunction[] {
    if (sources === undefined) return [];
    const { leads, identities, bus, key } = stateful;
    const { logRetention } = environment;
    keepIdentities(this, { leads, identities, bus, key, logRetention, memorySize: followerMemory });
    const webhooks = sources.filter(isWebhookSource);
    const partners = sources.filter((source) => !isWebhookSource(source));
    const common = { ...stateful, logRetention };
    return [
      receiveWebhooks(this, { ...common, sources: webhooks, hooksUrl, deploymentName }),
      ...(partners.length > 0 ? [takePartnerEvents(this, { ...common, sources: partners })] : []),
    ];
  }

  #deliver({ stateful, subscriptions, environment: { logRetention } }: StatelessStackProps): void {
    if (subscriptions === undefined) return;
    createDeliveries(this, { ...stateful, subscriptions, logRetention });
    new CfnOutput(this, 'SubscriptionNames', {
      value: JSON.stringify(subscriptions.map(({ name }) => name)),
    });
    alarmOnPausedDeliveries(this);
    alarmOnFailedDeliveries(this);
    alarmOnUndeliveredErasures(this);
  }

  #busPolicy(
    { stateful, environment, deploymentName }: StatelessStackProps,
    { publisher, canary, api, intake }: PuttingFunctions,
  ): void {
    const taking = api['take-requests'].role;
    const replaying = api['manage-quarantine'].role;
    const takingIn = intake.map(({ role }) => role);
    new BusPolicy(this, 'BusPolicy', {
      bus: stateful.bus,
      deploymentName,
      publisher: publisher.role,
      canary: canary.role,
      identifiers: [...takingIn, replaying],
      producers: environment.producers,
      // The API erases and merges leads for admins, who may also put again whatever was rejected, and overrides the model
      // for sellers. Sources erase the people who asked a tool for it, and merge leads that are one person.
      ownNamers: {
        LeadErasureRequested: [canary.role, taking, replaying, ...takingIn],
        LeadsMerged: [taking, replaying, ...takingIn],
        LeadRescoreRequested: [replaying],
        LeadOverridden: [taking, replaying],
        LeadOverrideLifted: [taking, replaying],
      },
    });
  }

  /** Creates the alarms that belong to no single function or queue, and the dashboard. */
  #watch({ stateful, sources, subscriptions }: StatelessStackProps): void {
    const { leads, quarantine, requests, identities, deliveries, unreadable } = stateful;
    alarmOnThrottles(this, this.#functions());
    alarmOnConflicts(this);
    alarmOnQuarantine(this);
    alarmOnRefusedAnnouncements(this);
    alarmOnRefusedErasures(this);
    if (unreadable) alarmOnUnreadable(this, unreadable);
    const tables = {
      leads: { table: leads, indexes: [tierIndex.name, dueIndex.name, queueIndex.name] },
      quarantine: { table: quarantine, indexes: [quarantineLeadIndex.name] },
      requests: { table: requests, indexes: [] },
      ...(sources && { identities: { table: identities, indexes: [] } }),
      ...(subscriptions && { deliveries: { table: deliveries, indexes: [deliveryTimeIndex.name] } }),
    };
    alarmOnThrottledTable(this, 'LeadsThrottledAlarm', tables.leads);
    alarmOnThrottledTable(this, 'QuarantineThrottledAlarm', tables.quarantine);
    alarmOnThrottledTable(this, 'RequestsThrottledAlarm', tables.requests);
    if (tables.identities) alarmOnThrottledTable(this, 'IdentitiesThrottledAlarm', tables.identities);
    if (tables.deliveries) alarmOnThrottledTable(this, 'DeliveriesThrottledAlarm', tables.deliveries);
    dashboard(this, 'Dashboard', watchedBelow(this, tables));
  }

  #notify(topicArn: string): void {
    const action = new SnsAction(Topic.fromTopicArn(this, 'AlarmTopic', topicArn));
    for (const node of this.node.findAll()) if (node instanceof Alarm) node.addAlarmAction(action);
  }
}

/**
 * Memory in MB of the functions that follow scoring: they never used more than 120, and cost a little less with this;
 * see docs/cost.md.
 */
const followerMemory = 256;

/**
 * Acknowledges towards cdk-nag that a function may use all objects below a prefix of another stack's bucket. cdk-nag
 * names the bucket by the export of its ARN, which the reference between the stacks creates in any case.
 */
const acknowledgeObjects = (
  lambda: IFunction,
  bucket: Bucket,
  { objects, reason }: { readonly objects: string; readonly reason: string },
): void => {
  const { stack } = bucket;
  const imported: { 'Fn::ImportValue': string } = stack.resolve(stack.exportValue(bucket.bucketArn));
  Validations.of(lambda.role ?? lambda).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${imported['Fn::ImportValue']}/${objects}]`,
    reason,
  });
};

const acknowledgeAnchors = (lambda: IFunction, anchors: Bucket): void =>
  acknowledgeObjects(lambda, anchors, {
    objects: `${anchorPrefix}*`,
    reason: 'Objects are named after the instant of their run; all of them lie below this prefix.',
  });
