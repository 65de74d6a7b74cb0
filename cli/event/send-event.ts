import type { BusEvent } from '../../events/index.ts';
import { buildPutEntry } from '../../shared/bus/index.ts';
import { putSeparately } from '../entries/put-separately.ts';
import { CliError } from '../errors.ts';
import type { Connection } from '../stack/connect.ts';

/**
 * Puts one event on the bus of a stack.
 *
 * @throws CliError `NOT_SENT` if the bus doesn't accept it
 */
export const sendEvent = async (connection: Connection, event: BusEvent): Promise<void> => {
  const refused = await putSeparately(connection, [buildPutEntry(event, connection.busName)]);
  const why = refused.get(0);
  if (why !== undefined)
    throw new CliError(
      'NOT_SENT',
      `${event['detail-type']} from source ${event.source} was not sent: ${why}`,
    );
};
