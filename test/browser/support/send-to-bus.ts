/**
 * Puts an event on the bus of a stack past the API, also one that only the receiver rejects, as the page Try it does.
 *
 * @throws Error if the bus does not take it
 */
export const sendToBus = async (endpoint: string, event: object): Promise<void> => {
  const response = await fetch(`${endpoint}/console/local/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  if (!response.ok) throw new Error(`the bus answered ${response.status}: ${await response.text()}`);
};

/** Returns an event of now. */
export const buildEvent = (type: string, eventId: string, data: object): object => {
  const occurredAt = new Date().toISOString();
  return {
    source: 'test.browser',
    'detail-type': type,
    time: occurredAt,
    detail: { metadata: { eventId, occurredAt, schemaVersion: 1 }, data },
  };
};
