import { CfnEventBusPolicy, type EventBus } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type InboundType, sluiceSource } from '../../events/index.ts';
import { namersOf, type Producer, typesOf, typesToName } from '../producers.ts';

export interface BusPolicyProps {
  readonly bus: EventBus;

  /** The role that announces, and nobody else. */
  readonly publisher: IRole;

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
    const { bus, producers } = props;
    const statement = (sid: string, content: object): CfnEventBusPolicy =>
      new CfnEventBusPolicy(this, sid, {
        eventBusName: bus.eventBusName,
        statementId: sid,
        statement: { Sid: sid, Action: 'events:PutEvents', Resource: bus.eventBusArn, ...content },
      });

    statement('OnlySluiceAnnounces', onlySluiceAnnounces(props));
    for (const producer of producers) statement(`Allow${producer.id}`, allowed(producer));
    if (producers.length === 0) return;
    for (const type of typesToName) statement(`OnlyNamed${type}`, onlyNamed(props, type));
  }
}

/** Announcements set consumers off, down to the erasing of a lead: they come from the stream and nowhere else. */
const onlySluiceAnnounces = ({ publisher }: BusPolicyProps): object => ({
  Effect: 'Deny',
  Principal: '*',
  Condition: {
    'ForAnyValue:StringEquals': { [source]: sluiceSource },
    ArnNotEquals: { [caller]: publisher.roleArn },
  },
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
