/** The titles of the sections of a report, in their order. */
export const titles = {
  funnel: 'Leads now',
  efforts: 'Effort spent before the sale',
  customers: 'What became of the wins',
  stays: 'Time in each stage',
  stuck: 'Leads that are stuck',
  winRates: 'Win rate by tier',
  readiness: 'Demo-ready, or BANT alone',
  deadlines: 'Deadlines',
  leftOut: 'What these figures leave out',
} as const;
