import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { sluiceSource } from '../../events/index.ts';

/** Allows to put what Sluice announces, under its own source and no other. */
export const grantAnnouncing = (bus: EventBus, grantee: IGrantable): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['events:PutEvents'],
    resourceArns: [bus.eventBusArn],
    conditions: {
      'ForAllValues:StringEquals': { 'events:source': sluiceSource },
      // Without a source, any would hold for all of them.
      Null: { 'events:source': 'false' },
    },
  });
