/** The form of event ids and correlation ids. */
export const eventIdForm = /^[\x21-\x7e]{1,128}$/;

export const isEventId = (given: unknown): given is string =>
  typeof given === 'string' && eventIdForm.test(given);
