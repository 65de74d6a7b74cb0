import { Stack } from 'aws-cdk-lib';
import { Alarm, AlarmStatusWidget, Dashboard, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { costWidgets } from './cost-widgets.ts';
import { deliveryWidgets } from './delivery-widgets.ts';
import { eventWidgets } from './event-widgets.ts';
import type { Watched } from './watched.ts';

const heading = (markdown: string): TextWidget => new TextWidget({ markdown, width: 24, height: 1 });

/** One page on how it goes: from what is wrong, over what comes and goes, to what it costs. */
export const dashboard = (scope: Construct, id: string, watched: Watched): Dashboard => {
  const stack = Stack.of(scope);
  const alarms = stack.node.findAll().filter((node) => node instanceof Alarm);
  const board = new Dashboard(scope, id, {
    // Of all regions of an account together, dashboards have one namespace.
    dashboardName: `${stack.stackName}-${stack.region}`,
  });
  board.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 4 }));
  board.addWidgets(heading('## Events and leads'));
  board.addWidgets(...eventWidgets(scope));
  board.addWidgets(heading('## Delivery'));
  board.addWidgets(...deliveryWidgets(scope, watched));
  board.addWidgets(heading('## What it costs'));
  board.addWidgets(...costWidgets(watched));
  return board;
};
