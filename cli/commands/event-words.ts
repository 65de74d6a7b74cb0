/** The help of an argument that is a file of events. */
export const fileOfEvents =
  'EventBridge entries as JSON: one a line, over several lines, or a list; - is standard input';

/** The rules of the identity of an event that producers have to know, as lines of help. */
export const aboutIdentity: readonly string[] = [
  'An event is known by its lead, its occurredAt and its eventId together: sent again with the same three, it counts',
  'once. So an adapter takes occurredAt from what it sends on, such as the time in the payload of a webhook, and never',
  'the time of sending: a retry would then be another event, and count again.',
];
