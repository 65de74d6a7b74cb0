/** The source of the events that the API makes of requests. */
export const apiSource = 'sluice.api';
