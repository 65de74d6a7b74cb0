/**
 * The schedules that don't run on this machine, by the construct that they belong to, and why. `sluice audit anchor` and
 * an invocation of the function stand in for them (docs/watching.md).
 */
const notHere: ReadonlyMap<string, string> = new Map([
  [
    'SendCanary',
    'it shows that a deployment delivers, to alarms that exist only there, and its events would be counted',
  ],
  [
    'AnchorHeads',
    'whoever can write the table of this machine can write its bucket as well, so it would prove nothing',
  ],
]);

/** Returns whether a schedule runs on this machine. */
export const runsHere = (schedule: string): boolean => !notHere.has(schedule.split('/')[0] ?? '');

/**
 * Returns whether a schedule runs whenever the clock of this machine is moved: it follows what is due, or a
 * rescoring. The others check
 * what is stored, once a day of real time.
 */
export const runsWhenMoved = (schedule: string): boolean =>
  schedule.startsWith('AdvanceLeads/') || schedule.startsWith('RescoreLeads/');

/** Returns whether a schedule has deliveries tried again, which on AWS happens every minute. */
export const triesDeliveries = (schedule: string): boolean => schedule.startsWith('SendDeliveries/');
