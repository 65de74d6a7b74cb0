import { randomUUID } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { buildPutEntry } from '../../shared/bus/index.ts';
import type { Handoff } from '../../shared/follow-ups/index.ts';
import { advanceTo, type LeadState } from '../../shared/lead/index.ts';
import { chooseColumns, filledColumns } from '../../shared/people/index.ts';
import { compileModel, type ModelDocument } from '../../shared/scoring/index.ts';
import { orMeant } from '../../shared/suggest/index.ts';
import { putSeparately } from '../entries/put-separately.ts';
import { CliError } from '../errors.ts';
import { buildVerdict, salesSource, type Verdict } from '../handoffs/build-verdict.ts';
import { formatHandoff } from '../handoffs/format-handoff.ts';
import { formatHandoffRows, formatHandoffs, handoffRecord } from '../handoffs/format-handoffs.ts';
import { type FoundHandoffs, type HandoffFilter, listHandoffs } from '../handoffs/list-handoffs.ts';
import { assertOpen, readChosen, readOfLead } from '../handoffs/select.ts';
import { createFullRecord } from '../leads/full-record.ts';
import { note, print, printCsv, printJson, untilRead } from '../output/print.ts';
import { loadModelsOf } from '../people/models-of.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { readHandoffs, readStatesOf } from '../table/read-table.ts';
import { formatCount } from '../text/format-count.ts';
import { formatWithId } from '../text/format-with-id.ts';
import { currentUser, notEmpty } from './actor.ts';
import { withConnectionOptions } from './connection.ts';
import { attributeNames, wholeNumber } from './options.ts';

/** Reads the leads of hand-offs, and the attributes to show of them. */
const readPeople = async (
  { dynamodb: client, leadsTable: table }: Connection,
  handoffs: readonly Handoff[],
  asked: readonly string[] | undefined,
) => {
  const ids = handoffs.map(({ leadId }) => leadId);
  const leads = await Array.fromAsync(readStatesOf(client, table, ids));
  const requested = handoffs.flatMap(({ modelVersion }) =>
    modelVersion === undefined ? [] : [{ modelVersion }],
  );
  const models = await loadModelsOf({ client, table }, [...leads, ...requested]);
  const judging = new Set(leads.map(({ modelVersion }) => modelVersion));
  const columns = chooseColumns({
    asked,
    models: [...models].flatMap(([version, model]) => (judging.has(version) ? [model] : [])),
  });
  return {
    leads: new Map(leads.map((lead) => [lead.leadId, lead])),
    models,
    columns: asked === undefined ? filledColumns(columns, leads) : columns,
  };
};

interface ListOptions extends ConnectOptions, HandoffFilter {
  readonly columns?: readonly string[];
  readonly json?: true;
  readonly csv?: true;
}

/** Says what there is if nothing matches: a name may be misspelt. */
const noteNone = ({ queue, status, late }: ListOptions, { queues, statuses }: FoundHandoffs): void => {
  const hint = (what: string, given: string | undefined, there: readonly string[]): string[] =>
    given === undefined || there.length === 0 || there.includes(given)
      ? []
      : [
          `--${what}: given ${JSON.stringify(given)}; ${orMeant(`there is ${there.join(', ')}`, given, there)}`,
        ];
  const none =
    queue === undefined && status === undefined && !late ? 'No lead is handed off.' : 'No hand-off matches.';
  note([none, ...hint('queue', queue, queues), ...hint('status', status, statuses)]);
};

const noteTotal = ({ first, total, late }: FoundHandoffs): void => {
  if (total > first.length) note(`${first.length} of ${total} hand-offs; --limit shows more`);
  if (late > 0) note(`${formatCount(late, 'hand-off is', 'hand-offs are')} late.`);
};

const list = async (options: ListOptions): Promise<void> => {
  const { found, people, now } = await withConnection(options, async (connection) => {
    const now = connection.now();
    const all = readHandoffs(connection.dynamodb, connection.leadsTable);
    const listed = await listHandoffs(all, options, now);
    return { found: listed, people: await readPeople(connection, listed.first, options.columns), now };
  });
  const props = { handoffs: found.first, now, ...people };
  if (options.csv) printCsv(formatHandoffRows(props));
  else if (options.json) {
    for (const handoff of found.first) {
      printJson(handoffRecord(handoff, props));
      await untilRead();
    }
  } else if (found.total > 0) print(formatHandoffs(props));
  if (found.total === 0) noteNone(options, found);
  else noteTotal(found);
};

/** Returns a lead as it stands now, when its points may be fewer than at its latest event. */
const asOfNow = (lead: LeadState, document: ModelDocument | undefined, now: number): LeadState =>
  document === undefined ? lead : advanceTo(compileModel(document), lead, now).state;

interface ChoiceOptions extends ConnectOptions {
  readonly lead?: string;
}

const show = async (
  id: string | undefined,
  options: ChoiceOptions & { readonly json?: true },
): Promise<void> => {
  const { handoff, people, now } = await withConnection(options, async (connection) => {
    const chosen = await readChosen(connection, { id, lead: options.lead });
    const people = await readPeople(connection, [chosen], undefined);
    return { handoff: chosen, people, now: connection.now() };
  });
  const { leads, models, columns } = people;
  const stored = leads.get(handoff.leadId);
  const lead = stored && asOfNow(stored, models.get(stored.modelVersion), now);
  if (options.json)
    printJson({
      ...handoffRecord(handoff, { leads, columns, models, now }),
      ...(lead !== undefined && { lead: createFullRecord(columns, models)(lead) }),
    });
  else print(formatHandoff({ handoff, lead, columns, models, now }));
};

interface AnswerOptions extends ChoiceOptions {
  readonly by: string;
  readonly reason?: string;
  readonly source: string;
}

/** Puts the answer of sales on the bus, after checking that the hand-off waits for one. */
const answer = async (
  type: Verdict['type'],
  id: string | undefined,
  options: AnswerOptions,
): Promise<void> => {
  const { by, reason, source, lead } = options;
  const { handoffId, leadId } = await withConnection(options, async (connection) => {
    const handoff = await readChosen(connection, { id, lead });
    // One that has expired can still be answered: what a person says counts.
    if (handoff.status !== 'open' && handoff.status !== 'expired')
      assertOpen(handoff, await readOfLead(connection, handoff.leadId));
    const event = buildVerdict(handoff, { type, by, reason, source }, randomUUID(), connection.now());
    const [refused] = (await putSeparately(connection, [buildPutEntry(event, connection.busName)])).values();
    if (refused !== undefined)
      throw new CliError('NOT_SENT', `the answer to ${handoff.handoffId} was not sent: ${refused}`);
    return handoff;
  });
  const done = type === 'HandoffAccepted' ? 'accepted' : 'rejected';
  print([
    `Sent: hand-off ${handoffId} of lead ${leadId} is ${done} by ${by}.`,
    `\`${formatWithId('sluice handoffs show', handoffId)}\` shows it as soon as it is recorded, in a moment.`,
  ]);
};

const source = (given: string): string => {
  if (given.trim() === '' || given === 'sluice')
    throw new InvalidArgumentError(
      `given ${JSON.stringify(given)}; allowed: the source of a producer, such as ${salesSource}`,
    );
  return given;
};

const withChoice = (command: Command): Command =>
  command
    .argument('[id]', 'the id of the hand-off, or its beginning')
    .option('--lead <lead-id>', 'the lead; without an id, its open hand-off is meant');

const withAnswer = (command: Command): Command =>
  withConnectionOptions(
    withChoice(command)
      .option('--by <name>', 'the person who answers', notEmpty, currentUser())
      .option('--source <source>', 'the source under which the answer is sent', source, salesSource),
  );

export const addHandoffs = (program: Command): void => {
  const handoffs = program
    .command('handoffs')
    .description('list and show the leads that are handed off to sales, and accept or reject them');
  withConnectionOptions(
    handoffs
      .command('list')
      .description('list hand-offs: open ones first, by when they are due, then the others')
      .option('--queue <name>', 'only those of this queue')
      .option(
        '--status <status>',
        'only those of this status, such as open, waiting, accepted, rejected, withdrawn or expired',
      )
      .option('--late', 'only open ones whose first deadline has passed')
      .option(
        '--columns <names>',
        "attributes of the lead to show, such as name,company,owner (default: those that the model's `show` names)",
        attributeNames,
      )
      .option('--limit <number>', 'the most hand-offs to list', wholeNumber(1, 100_000), 50)
      .addOption(new Option('--json', 'print one JSON object a line, and nothing else').conflicts('csv'))
      .option('--csv', 'print one hand-off a line, for spreadsheets, and nothing else'),
  ).action(list);
  withConnectionOptions(
    withChoice(
      handoffs
        .command('show')
        .description('show a hand-off: who the lead is, why it was handed off, its deadlines, and the answer')
        .option('--json', 'print one JSON object, and nothing else'),
    ),
  ).action(show);
  withAnswer(
    handoffs
      .command('accept')
      .description('accept a hand-off: the lead is qualified for sales')
      .option('--reason <text>', 'why, for the audit', notEmpty),
  ).action((id: string | undefined, options: AnswerOptions) => answer('HandoffAccepted', id, options));
  withAnswer(
    handoffs
      .command('reject')
      .description('reject a hand-off: the lead goes back to nurture')
      .requiredOption('--reason <text>', 'why, for the audit and for marketing', notEmpty),
  ).action((id: string | undefined, options: AnswerOptions) => answer('HandoffRejected', id, options));
};
