/** The source of events that commands build. The policy of a bus allows it to whom it is configured for. */
export const commandSource = 'sluice.cli';
