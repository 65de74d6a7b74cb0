import { CfnEventBusPolicy, type EventBus } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { canarySource, type InboundType, internalContracts, sluiceSource } from '../../events/index.ts';
import { defaultName } from '../destination.ts';
import { findNamers, ownType, type Producer, typesOf, typesToName } from '../producers.ts';

export interface BusPolicyProps {
  readonly bus: EventBus;

  /** The name that tells the deployment from others in the account: `Sluice-dev`. */
  readonly deploymentName: string;

  /** The only role that may announce. */
  readonly publisher: IRole;

  /** The only role that may send the canary. */
  readonly canary: IRole;

  /** The only roles that may say which lead an identifier belongs to: those of doors, and of who puts rejected events again. */
  readonly identifiers: readonly IRole[];

  /** The producers that may put events of their own. */
  readonly producers: readonly Producer[];

  /**
   * Roles of the app that may put types which have to be named.
   *
   * @default - none
   */
  readonly ownNamers?: Readonly<Partial<Record<(typeof typesToName)[number], readonly IRole[]>>>;
}

const source = 'events:source';
const detailType = 'events:detail-type';
const caller = 'aws:PrincipalArn';

/**
 * The policy of the bus: the principals that may put events, and which. One PutEvents request may contain entries of
 * several sources and types. A condition that allows must hold for all of them (`ForAllValues`, with `Null`, since
 * `ForAllValues` also holds for none); a condition that denies must hold for any (`ForAnyValue`).
 *
 * Within the account, the policy of a role is enough to put anything on the bus, whatever this policy allows. So this
 * policy denies what matters to everybody: an explicit Deny is stronger than any Allow.
 */
export class BusPolicy extends Construct {
  constructor(scope: Construct, id: string, props: BusPolicyProps) {
    super(scope, id);
    const contents = buildContents(props);
    checkSize(Object.values(contents));
    let previous: CfnEventBusPolicy | undefined;
    for (const [sid, content] of Object.entries(contents)) {
      const statement = this.#statement(sid, content, props);
      // Each statement changes the one policy of the bus: of two concurrent changes one could be lost without an error.
      if (previous) statement.addResourceDependency(previous);
      previous = statement;
    }
  }

  #statement(sid: string, content: object, { bus, deploymentName }: BusPolicyProps): CfnEventBusPolicy {
    const policy = new CfnEventBusPolicy(this, sid, {
      eventBusName: bus.eventBusName,
      statementId: buildStatementId(deploymentName, sid),
      statement: { Sid: sid, Action: 'events:PutEvents', Resource: bus.eventBusArn, ...content },
    });
    // cdk-nag reads this deprecated property, which is never set here, and the CDK would warn of it at each synthesis.
    return Object.defineProperty(policy, 'principal', { value: undefined });
  }
}

/** Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html */
const longestStatementId = 64;

/**
 * Returns the id of a statement. CloudFormation uses it as the name of the resource, which must be unique in the
 * account. @throws Error if it is longer than EventBridge takes
 */
const buildStatementId = (deploymentName: string, sid: string): string => {
  const ofDefault = `${defaultName}-`;
  const owner = deploymentName.startsWith(ofDefault)
    ? deploymentName.slice(ofDefault.length)
    : deploymentName;
  const id = `${owner}-${sid}`;
  if (id.length <= longestStatementId) return id;
  throw new Error(
    `context producers, name: given ids that make the statement id ${id} of ${id.length} characters; ` +
      `allowed: ${longestStatementId}; use a shorter name, or a shorter id of the producer`,
  );
};

/** Returns the statements of the policy, by their ids. */
const buildContents = (props: BusPolicyProps): Readonly<Record<string, object>> => {
  const { producers } = props;
  const named = producers.length === 0 ? [] : typesToName;
  return {
    // Announcements start consumers, including the erasure of a lead: only publish-changes may put them.
    OnlySluiceAnnounces: onlyOne(sluiceSource, props.publisher),
    // A sender that could pose as the canary could keep its alarm silent.
    OnlyTheCanaryIsIt: onlyOne(canarySource, props.canary),
    OnlyDoorsIdentify: onlyBy(ownType, props.identifiers),
    // Messages between functions go straight to their queues.
    NobodySendsInternal: forNobody(Object.keys(internalContracts)),
    ...Object.fromEntries(producers.map((producer) => [`Allow${producer.id}`, allowed(producer)])),
    ...Object.fromEntries(named.map((type) => [`OnlyNamed${type}`, onlyNamed(props, type)])),
  };
};

/** The most characters of the policy. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const mostCharacters = 10_240;

/** An estimated length for each name or ARN that only the deployment knows, and for the text around each statement. */
const charactersOfReference = 120;
const charactersAround = 200;

/**
 * Checks the size of the policy. CloudFormation would refuse a policy that is too large only in the middle of a
 * deployment. @throws Error
 */
const checkSize = (contents: readonly object[]): void => {
  const characters = contents
    .map((content) =>
      JSON.stringify(content).replaceAll(/\$\{Token\[[^\]]*\]\}/g, 'x'.repeat(charactersOfReference)),
    )
    .reduce((sum, text) => sum + text.length + charactersAround, 0);
  if (characters <= mostCharacters) return;
  throw new Error(
    `context producers: given ${contents.length} statements of about ${characters} characters; allowed: ${mostCharacters} ` +
      'characters, which a bus takes; let producers share a role, or name fewer sources and types',
  );
};

const onlyOne = (name: string, { roleArn }: IRole): object => ({
  Effect: 'Deny',
  Principal: '*',
  Condition: { 'ForAnyValue:StringEquals': { [source]: name }, ArnNotEquals: { [caller]: roleArn } },
});

const onlyBy = (type: InboundType, roles: readonly IRole[]): object => ({
  Effect: 'Deny',
  Principal: '*',
  Condition: {
    'ForAnyValue:StringEquals': { [detailType]: type },
    ArnNotEquals: { [caller]: roles.map(({ roleArn }) => roleArn) },
  },
});

const forNobody = (types: readonly string[]): object => ({
  Effect: 'Deny',
  Principal: '*',
  Condition: { 'ForAnyValue:StringEquals': { [detailType]: types } },
});

const allowed = (producer: Producer): object => ({
  Effect: 'Allow',
  Principal: { AWS: producer.principal },
  Condition: {
    'ForAllValues:StringEquals': { [source]: producer.sources, [detailType]: typesOf(producer) },
    Null: { [source]: 'false', [detailType]: 'false' },
  },
});

/**
 * Returns a statement that denies a type to everybody but those who name it. All conditions of one statement have to
 * hold.
 */
const onlyNamed = (
  { producers, ownNamers = {} }: BusPolicyProps,
  type: (typeof typesToName)[number] & InboundType,
): object => {
  const { arns, accounts } = findNamers(producers, type);
  const named = [...arns, ...(ownNamers[type] ?? []).map(({ roleArn }) => roleArn)];
  return {
    Effect: 'Deny',
    Principal: '*',
    Condition: {
      'ForAnyValue:StringEquals': { [detailType]: type },
      ...(named.length > 0 && { ArnNotEquals: { [caller]: named } }),
      ...(accounts.length > 0 && { StringNotEquals: { 'aws:PrincipalAccount': accounts } }),
    },
  };
};
