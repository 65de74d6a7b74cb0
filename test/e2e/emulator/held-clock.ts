import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IConstruct } from 'constructs';

/** Whether a construct is the schedule that lets the clock of the leads run. */
const isClock = (node: IConstruct): node is CfnSchedule =>
  node instanceof CfnSchedule && node.node.path.includes('/AdvanceLeads/');

/**
 * Holds the clock of the leads of an app. The events of the scenario are of a day that is long past, so that time would
 * change its leads whenever the schedule comes, between any two steps. A step lets the clock run by itself.
 */
export const holdClock = (app: IConstruct): void => {
  for (const node of app.node.findAll().filter(isClock)) node.state = 'DISABLED';
};
