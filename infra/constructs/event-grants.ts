import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { canarySource, type InboundType, inboundContracts, sluiceSource } from '../../events/index.ts';
import { ownType } from '../producers.ts';
import { type Conditions, requireAll } from './require-all.ts';

/**
 * Grants PutEvents under conditions. Condition keys have as many values as the request has entries, and all of them
 * must be allowed.
 */
const grantPut = (bus: EventBus, grantee: IGrantable, conditions: Conditions): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['events:PutEvents'],
    resourceArns: [bus.eventBusArn],
    conditions,
  });

/** Grants putting announcements, under the source of Sluice and no other. */
export const grantAnnouncing = (bus: EventBus, grantee: IGrantable): Grant =>
  grantPut(bus, grantee, requireAll({ 'events:source': sluiceSource }));

/** Grants putting the canary's events. Its function can then speak for no marketing tool and not for Sluice. */
export const grantCanary = (bus: EventBus, grantee: IGrantable): Grant =>
  grantPut(
    bus,
    grantee,
    requireAll({
      'events:source': canarySource,
      'events:detail-type': ['LeadStageChanged', 'LeadErasureRequested'] satisfies InboundType[],
    }),
  );

/** Allows the source of any marketing tool, and none of Sluice's own or AWS's. */
const anyTool: Conditions = {
  'ForAllValues:StringNotLike': { 'events:source': [sluiceSource, canarySource, 'aws.*'] },
};
const without = (...types: readonly InboundType[]): readonly string[] =>
  Object.keys(inboundContracts).filter((type) => !types.some((each) => each === type));
const named = { Null: { 'events:source': 'false', 'events:detail-type': 'false' } };

/**
 * Grants putting inbound events of any marketing tool, as callers of the API send them, and erasing and merging leads. No
 * route rescores all leads or links an identifier.
 */
export const grantRequesting = (bus: EventBus, grantee: IGrantable): Grant =>
  grantPut(bus, grantee, {
    ...anyTool,
    'ForAllValues:StringEquals': { 'events:detail-type': without('LeadRescoreRequested', ownType) },
    ...named,
  });

/**
 * Grants putting what sources send: inbound events of any marketing tool, and which lead their identifiers belong to. A
 * tool neither rescores leads nor overrides the model.
 */
export const grantTakingIn = (bus: EventBus, grantee: IGrantable): Grant =>
  grantPut(bus, grantee, {
    ...anyTool,
    'ForAllValues:StringEquals': {
      'events:detail-type': without('LeadRescoreRequested', 'LeadOverridden', 'LeadOverrideLifted'),
    },
    ...named,
  });

/**
 * Grants putting rejected events again, under the source that they came from. Their types may be ones that nobody knows:
 * that is a reason for which they are rejected.
 */
export const grantReplaying = (bus: EventBus, grantee: IGrantable): Grant =>
  grantPut(bus, grantee, { ...anyTool, ...named });
