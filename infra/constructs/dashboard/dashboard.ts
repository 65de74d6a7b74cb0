import { Stack } from 'aws-cdk-lib';
import { Alarm, AlarmStatusWidget, Dashboard, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { apiWidgets } from './api-widgets.ts';
import { costWidgets } from './cost-widgets.ts';
import { deliveryWidgets } from './delivery-widgets.ts';
import { eventWidgets } from './event-widgets.ts';
import { integrationWidgets } from './integration-widgets.ts';
import type { Watched } from './watched.ts';

const heading = (markdown: string): TextWidget => new TextWidget({ markdown, width: 24, height: 1 });

/** Creates the dashboard: alarms first, then events and leads, delivery, sources and targets, the API, and cost. */
export const dashboard = (scope: Construct, id: string, watched: Watched): Dashboard => {
  const stack = Stack.of(scope);
  const alarms = stack.node.findAll().filter((node) => node instanceof Alarm);
  const board = new Dashboard(scope, id, {
    // Dashboard names are unique across all regions of an account.
    dashboardName: `${stack.stackName}-${stack.region}`,
  });
  board.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 4 }));
  board.addWidgets(heading('## Events and leads'));
  board.addWidgets(...eventWidgets(scope));
  board.addWidgets(heading('## Delivery'));
  board.addWidgets(...deliveryWidgets(scope, watched));
  const integrations = integrationWidgets(scope, watched);
  if (integrations.length > 0) board.addWidgets(heading('## Sources and targets'), ...integrations);
  board.addWidgets(heading('## API'));
  board.addWidgets(...apiWidgets(scope, watched));
  board.addWidgets(heading('## What it costs'));
  board.addWidgets(...costWidgets(watched));
  return board;
};
