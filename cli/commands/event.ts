import type { Command } from 'commander';
import { buildData } from '../event/build-data.ts';
import { buildEvent } from '../event/build-event.ts';
import { findType, typeNames } from '../event/find-type.ts';
import { commandSource } from '../event/own-source.ts';
import { sendEvent } from '../event/send-event.ts';
import { findStackModel } from '../explain/stack-model.ts';
import { note, print, printJson } from '../output/print.ts';
import { type ConnectOptions, withConnection } from '../stack/connect.ts';
import { parseInstantOption } from '../text/parse-instant.ts';
import { tallyEvent } from '../unread/said-in-event.ts';
import { createUnreadTally } from '../unread/unread-tally.ts';
import { warnOfUnread } from '../unread/unread-words.ts';
import { notEmpty } from './actor.ts';
import { withConnectionOptions } from './connection.ts';
import { aboutIdentity } from './event-words.ts';

interface EventOptions extends ConnectOptions {
  readonly lead: string;
  readonly at?: number;
  readonly id?: string;
  readonly source: string;
  readonly dryRun?: true;
}

const examples: readonly string[] = [
  'Examples:',
  '  sluice event activity --lead l-1 activity=demo_requested',
  '  sluice event profile --lead l-1 seniority=executive employees=600 tags="[crm, erp]" fax=null',
  '  sluice event answers --lead l-1 budget=approved budget.text="Set aside for May."',
  '  sluice event stage --lead l-1 stage=opportunity --at 2026-03-01T10:00:00+01:00',
  '',
  'true, false, null and plain numbers are values of their own where the field takes them; \'zip="01234"\' in single',
  'quotes is a text. Without --id, the id is derived from the content: the same event with the same --at counts once.',
];

export const addEvent = (program: Command): void => {
  withConnectionOptions(
    program
      .command('event')
      .description('send one event to a running stack, with its id and time filled in')
      .argument('<type>', `${typeNames.join(', ')}, or the name of a contract`)
      .argument('[values...]', 'the fields of the event, as key=value')
      .requiredOption('--lead <lead-id>', 'the lead that it is about', notEmpty)
      .option(
        '--at <instant>',
        'when it happened, with its offset from UTC (default: now)',
        parseInstantOption,
      )
      .option('--id <event-id>', 'the id of the event')
      .option('--source <source>', 'the source of the event', notEmpty, commandSource)
      .option('--dry-run', 'only print the event')
      .addHelpText('after', ['', ...examples, '', ...aboutIdentity].join('\n')),
  ).action(async (given: string, pairs: string[], options: EventOptions) => {
    const type = findType(given);
    const { lead, at, id, source, dryRun } = options;
    const data = buildData(type, lead, pairs);
    const build = (now: number) => buildEvent({ type, source, data, at: at ?? now, id }, now);
    if (dryRun) return printJson(build(Date.now()));
    const event = await withConnection(options, async (connection) => {
      const event = build(connection.now());
      await sendEvent(connection, event);
      const model = await findStackModel(connection);
      if (model === undefined) return event;
      const unread = createUnreadTally(model);
      tallyEvent(unread, event);
      note(warnOfUnread(unread.totals(), model.version, 'event'));
      return event;
    });
    const { eventId, occurredAt } = event.detail.metadata;
    return print(`Sent ${type} of lead ${lead}, occurred at ${occurredAt}, event id ${eventId}.`);
  });
};
