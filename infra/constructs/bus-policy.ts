import { CfnEventBusPolicy, type EventBus } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { canarySource, type InboundType, sluiceSource } from '../../events/index.ts';
import type { EnvironmentName } from '../environments.ts';
import { namersOf, type Producer, typesOf, typesToName } from '../producers.ts';

export interface BusPolicyProps {
  readonly bus: EventBus;
  readonly environment: EnvironmentName;

  /** The role that announces, and nobody else. */
  readonly publisher: IRole;

  /** The role that sends the canary, and nobody else. */
  readonly canary: IRole;

  /** Who may put events of others. */
  readonly producers: readonly Producer[];

  /**
   * Roles of our own that may put types which have to be named.
   *
   * @default - none
   */
  readonly ownNamers?: Readonly<Partial<Record<(typeof typesToName)[number], readonly IRole[]>>>;
}

const source = 'events:source';
const detailType = 'events:detail-type';
const caller = 'aws:PrincipalArn';

/**
 * Who may put which events, as statements in the policy of the bus. One PutEvents may hold entries of several sources and
 * types: what is allowed must hold for all of them (`ForAllValues`, and `Null`, since that holds for none as well), and what
 * is denied is denied for any (`ForAnyValue`).
 *
 * Within the account the policy of a role is enough to put anything on the bus, whatever this one allows. So what matters
 * is denied here, for everybody: an explicit Deny is stronger than any Allow.
 */
export class BusPolicy extends Construct {
  constructor(scope: Construct, id: string, props: BusPolicyProps) {
    super(scope, id);
    const contents = contentsOf(props);
    checkSize(Object.values(contents));
    let previous: CfnEventBusPolicy | undefined;
    for (const [sid, content] of Object.entries(contents)) {
      const statement = this.#statement(sid, content, props);
      // Each is a change of the one policy that the bus has: of two at once, one could be lost without an error.
      if (previous) statement.addResourceDependency(previous);
      previous = statement;
    }
  }

  #statement(sid: string, content: object, { bus, environment }: BusPolicyProps): CfnEventBusPolicy {
    return new CfnEventBusPolicy(this, sid, {
      eventBusName: bus.eventBusName,
      // CloudFormation takes it for the resource's name, which no other stack of the account may have.
      statementId: `${environment}-${sid}`,
      statement: { Sid: sid, Action: 'events:PutEvents', Resource: bus.eventBusArn, ...content },
    });
  }
}

/** The statements, by their ids. */
const contentsOf = (props: BusPolicyProps): Readonly<Record<string, object>> => {
  const { producers } = props;
  const named = producers.length === 0 ? [] : typesToName;
  return {
    // Announcements set consumers off, down to the erasing of a lead: they come from the stream and nowhere else.
    OnlySluiceAnnounces: onlyOne(sluiceSource, props.publisher),
    // Who could speak as the canary could keep its alarm silent.
    OnlyTheCanaryIsIt: onlyOne(canarySource, props.canary),
    ...Object.fromEntries(producers.map((producer) => [`Allow${producer.id}`, allowed(producer)])),
    ...Object.fromEntries(named.map((type) => [`OnlyNamed${type}`, onlyNamed(props, type)])),
  };
};

/** Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const mostCharacters = 10_240;

/** Of the names and ARNs that only the deployment knows, and of what stands around each statement. */
const charactersOfReference = 120;
const charactersAround = 200;

/** CloudFormation would notice in the middle of a deployment. */
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

const allowed = (producer: Producer): object => ({
  Effect: 'Allow',
  Principal: { AWS: producer.principal },
  Condition: {
    'ForAllValues:StringEquals': { [source]: producer.sources, [detailType]: typesOf(producer) },
    Null: { [source]: 'false', [detailType]: 'false' },
  },
});

/** Denied to everybody but those who name the type. Conditions of one statement all have to hold. */
const onlyNamed = (
  { producers, ownNamers = {} }: BusPolicyProps,
  type: (typeof typesToName)[number] & InboundType,
): object => {
  const { arns, accounts } = namersOf(producers, type);
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
