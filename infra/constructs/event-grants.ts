import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { canarySource, type InboundType, sluiceSource } from '../../events/index.ts';
import { requireAll } from './require-all.ts';

/**
 * Grants PutEvents under conditions. Condition keys have as many values as the request has entries, and all of them
 * must be allowed.
 */
const grantPut = (
  bus: EventBus,
  grantee: IGrantable,
  allowed: Readonly<Record<string, string | readonly string[]>>,
): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['events:PutEvents'],
    resourceArns: [bus.eventBusArn],
    conditions: requireAll(allowed),
  });

/** Grants putting announcements, under the source of Sluice and no other. */
export const grantAnnouncing = (bus: EventBus, grantee: IGrantable): Grant =>
  grantPut(bus, grantee, { 'events:source': sluiceSource });

/** Grants putting the canary's events. Its function can then speak for no marketing tool and not for Sluice. */
export const grantCanary = (bus: EventBus, grantee: IGrantable): Grant =>
  grantPut(bus, grantee, {
    'events:source': canarySource,
    'events:detail-type': ['LeadStageChanged', 'LeadErasureRequested'] satisfies InboundType[],
  });
