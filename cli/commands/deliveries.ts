import { type Command, Option } from 'commander';
import { showValue } from '../../events/index.ts';
import { type Deliveries, type DeliveryState, deliveryStates } from '../../shared/deliveries/index.ts';
import { wait } from '../../shared/retry/index.ts';
import { orMeant } from '../../shared/suggest/index.ts';
import { readNewest, readOne } from '../deliveries/find-deliveries.ts';
import {
  formatDeliveries,
  formatDelivery,
  formatStanding,
  formatSubscriptions,
} from '../deliveries/format-deliveries.ts';
import { listDeployed, listSubscriptions, openDeliveries } from '../deliveries/list-subscriptions.ts';
import { findFrom, findSince, replayDeliveries } from '../deliveries/replay-deliveries.ts';
import { resumeDeliveries } from '../deliveries/resume-deliveries.ts';
import { CliError, UsageError } from '../errors.ts';
import { note, print, printJson, untilRead } from '../output/print.ts';
import { dayOrInstant } from '../quarantine/filters.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { formatCount } from '../text/format-count.ts';
import { withConnectionOptions } from './connection.ts';
import { addDeliveriesSecret } from './deliveries-secret.ts';
import { wholeNumber } from './options.ts';

interface ListOptions extends ConnectOptions {
  readonly state?: DeliveryState;
  readonly limit: number;
  readonly json?: true;
}

/** Opens the deliveries of a subscription. @throws CliError if it isn't deployed, and nothing is stored of it */
const openKnown = async (connection: Connection, name: string): Promise<Deliveries> => {
  const deliveries = openDeliveries(connection);
  if (listDeployed(connection).includes(name)) return deliveries;
  for (const state of deliveryStates)
    for await (const refs of deliveries.listRefs(name, { state })) if (refs.length > 0) return deliveries;
  const names = (await listSubscriptions(connection)).map((each) => each.name);
  if (names.includes(name)) return deliveries;
  const there = names.length === 0 ? 'there is none' : `there is ${names.join(', ')}`;
  throw new CliError(
    'NO_SUBSCRIPTION',
    `subscription: given ${showValue(name)}, which isn't deployed; ${orMeant(there, name, names)}`,
  );
};

const listAll = async (connection: Connection, { json }: ListOptions): Promise<void> => {
  const found = await listSubscriptions(connection);
  if (json) for (const subscription of found) printJson(subscription);
  else if (found.length > 0) print(formatSubscriptions(found, connection.now()));
  note(
    found.length === 0
      ? 'There are no subscriptions.'
      : '`sluice deliveries list SUBSCRIPTION` lists the deliveries of one.',
  );
};

const list = (name: string | undefined, options: ListOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    if (name === undefined) return listAll(connection, options);
    const deliveries = await openKnown(connection, name);
    const found = await readNewest(deliveries, name, { state: options.state, most: options.limit });
    if (options.json) {
      for (const delivery of found) {
        printJson(delivery);
        await untilRead();
      }
    } else if (found.length > 0) print(formatDeliveries(found));
    if (found.length === 0) note('No delivery matches.');
  });

const show = (
  name: string,
  leadOrId: string | undefined,
  options: ConnectOptions & { readonly json?: true },
): Promise<void> =>
  withConnection(options, async (connection) => {
    const deliveries = await openKnown(connection, name);
    if (leadOrId === undefined) {
      const standing = await deliveries.readState(name);
      const last = await readNewest(deliveries, name, { most: 5 });
      if (options.json) printJson({ name, ...standing, last });
      else {
        print(formatStanding(name, standing, connection.now()));
        if (last.length > 0) print(formatDeliveries(last));
      }
      return;
    }
    const ofLead = await deliveries.readLead(name, leadOrId);
    if (ofLead.length > 0) {
      if (options.json) for (const delivery of ofLead) printJson(delivery);
      else print(formatDeliveries(ofLead));
      return;
    }
    const delivery = await readOne(deliveries, name, leadOrId);
    if (options.json) printJson(delivery);
    else print(formatDelivery(delivery));
  });

interface ReplayOptions extends ConnectOptions {
  readonly since?: string;
  readonly id?: string;
  readonly dryRun?: true;
}

const replay = (name: string, options: ReplayOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const { since, id, dryRun } = options;
    if ((since === undefined) === (id === undefined))
      throw new UsageError(
        `given ${since === undefined ? 'neither --since nor --id' : 'both --since and --id'}; allowed: one of the two`,
      );
    const deliveries = await openKnown(connection, name);
    const props = { deliveries, subscription: name, now: connection.now, wait };
    const leads =
      since !== undefined
        ? await findSince(props, since)
        : await findFrom(props, await readOne(deliveries, name, id as string));
    const found = leads.reduce((sum, { again }) => sum + again.length, 0);
    const replayed = dryRun ? found : await replayDeliveries(props, leads);
    const what = `${formatCount(replayed, 'delivery', 'deliveries')} of ${formatCount(leads.length, 'lead')}`;
    print(dryRun ? `${what} would be sent again.` : `${what} will be sent again, within a minute.`);
  });

const pause = (name: string, options: ConnectOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const deliveries = await openKnown(connection, name);
    const isPaused = await deliveries.pause(name, connection.now());
    print(isPaused ? `${name} is paused. What comes waits.` : `${name} is paused already.`);
  });

const resume = (name: string, options: ConnectOptions): Promise<void> =>
  withConnection(options, async (connection) => {
    const deliveries = await openKnown(connection, name);
    const resumed = await resumeDeliveries(deliveries, name, connection.now());
    if (resumed === undefined) print(`${name} isn't paused.`);
    else
      print(
        `${name} is resumed. ${formatCount(resumed, 'delivery', 'deliveries')} will be sent within a minute.`,
      );
  });

/** Adds the commands for deliveries, which bring announcements to the tools that act. */
export const addDeliveries = (program: Command): void => {
  const deliveries = program
    .command('deliveries')
    .description('announcements on their way to the tools that act');
  withConnectionOptions(
    deliveries.command('list [subscription]').description('list subscriptions, or the deliveries of one'),
  )
    .addOption(new Option('--state <state>', 'only those in this state').choices([...deliveryStates]))
    .option('--limit <number>', 'the most deliveries to list', wholeNumber(1, 1_000), 50)
    .option('--json', 'print JSON, a line each')
    .action(list);
  withConnectionOptions(
    deliveries
      .command('show <subscription> [lead-or-id]')
      .description('show how a subscription stands, the deliveries of a lead, or one with its attempts'),
  )
    .option('--json', 'print JSON')
    .action(show);
  withConnectionOptions(
    deliveries
      .command('replay <subscription>')
      .description('send deliveries again that have ended, with all later ones of the same leads'),
  )
    .option('--since <instant>', 'all that ended since this day or instant, in UTC', dayOrInstant)
    .option('--id <id>', 'the delivery with this id, or the beginning of one')
    .option('--dry-run', 'only say how many')
    .action(replay);
  withConnectionOptions(
    deliveries.command('pause <subscription>').description('send nothing more; what comes waits'),
  ).action(pause);
  withConnectionOptions(
    deliveries.command('resume <subscription>').description('send what waits, in order'),
  ).action(resume);
  addDeliveriesSecret(deliveries);
};
