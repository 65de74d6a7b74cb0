/** How ids of events and of stories are written. */
export const eventIdForm = /^[\x21-\x7e]{1,128}$/;

export const isEventId = (given: unknown): given is string =>
  typeof given === 'string' && eventIdForm.test(given);
