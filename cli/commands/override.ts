import { type Command, Option } from 'commander';
import { type Tier, tiers } from '../../events/index.ts';
import { findOverride, type LeadState } from '../../shared/lead/index.ts';
import { createModels } from '../as-of/models.ts';
import { type LeadPreview, readLead, stateOf } from '../close/read-lead.ts';
import { CliError, UsageError } from '../errors.ts';
import { buildEvent, type EventProps } from '../event/build-event.ts';
import { commandSource } from '../event/own-source.ts';
import { sendEvent } from '../event/send-event.ts';
import { print } from '../output/print.ts';
import { previewOverride } from '../override/preview-override.ts';
import { type Connection, type ConnectOptions, withConnection } from '../stack/connect.ts';
import { parseUntil } from '../text/parse-until.ts';
import { currentUser, notEmpty } from './actor.ts';
import { withConnectionOptions } from './connection.ts';

interface OverrideOptions extends ConnectOptions {
  readonly tier?: Tier;
  readonly hold?: true;
  readonly until?: (now: number) => number;
  readonly reason?: string;
  readonly lift?: true;
  readonly by: string;
  readonly source: string;
  readonly dryRun?: true;
}

/** @throws UsageError if options are missing, or don't belong together */
const checkOptions = ({ lift, tier, hold, until, reason }: OverrideOptions): void => {
  if (lift) {
    if (tier === undefined && hold === undefined && until === undefined) return;
    throw new UsageError(
      '--lift: given with --tier, --hold or --until; allowed: --lift with --by and --reason only',
    );
  }
  if (tier === undefined && hold === undefined)
    throw new UsageError('given neither --tier, --hold nor --lift; allowed: --tier, --hold, both, or --lift');
  if (until === undefined)
    throw new UsageError('--until: not given; allowed: when the override ends, such as 14d');
  if (reason === undefined)
    throw new UsageError('--reason: not given; allowed: why, for whoever reads it later');
};

/** @throws CliError if there is no such lead, or it is closed */
const requireOpen = (preview: LeadPreview): LeadState => {
  const state = stateOf(preview);
  if (state !== undefined) return state;
  const { leadId, lead } = preview;
  if (lead === undefined) throw new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
  throw new CliError('LEAD_ERASED', `lead ${leadId} was erased`);
};

const buildData = (
  leadId: string,
  options: OverrideOptions,
  now: number,
): Pick<EventProps, 'type' | 'data'> => {
  const { lift, tier, hold, until, reason, by: actor } = options;
  if (lift) {
    const data = { leadId, actor, ...(reason !== undefined && { reason }) };
    return { type: 'LeadOverrideLifted', data };
  }
  const end = until?.(now) ?? now;
  if (end <= now) {
    const [given, allowed] = [end, now].map((at) => new Date(at).toISOString());
    throw new UsageError(`--until: given ${given}; allowed: an instant after now, ${allowed}`);
  }
  const data = {
    leadId,
    ...(tier !== undefined && { tier }),
    ...(hold !== undefined && { hold }),
    until: new Date(end).toISOString(),
    actor,
    reason,
  };
  return { type: 'LeadOverridden', data };
};

const override = async (connection: Connection, given: string, options: OverrideOptions): Promise<void> => {
  const { dynamodb: client, leadsTable: table } = connection;
  const now = connection.now();
  const preview = await readLead({ client, table }, given);
  const state = requireOpen(preview);
  const { leadId } = state;
  if (options.lift && findOverride(state.facts, now) === undefined)
    throw new CliError('NOT_OVERRIDDEN', `lead ${leadId} isn't overridden, so there is nothing to lift`);
  const event = buildEvent({ ...buildData(leadId, options, now), source: options.source, at: now }, now);
  const model = await createModels({ client, table }).require(state.modelVersion);
  print([
    ...(preview.given === undefined ? [] : [`Lead ${preview.given} was merged into ${leadId}.`]),
    ...previewOverride(model, state, event, now),
  ]);
  if (options.dryRun) return;
  await sendEvent(connection, event);
  print(
    options.lift
      ? `Lifted the override of lead ${leadId}.`
      : `Overrode lead ${leadId}; the score of the model stays beside it.`,
  );
};

const examples: readonly string[] = [
  'Examples:',
  '  sluice override l-1 --tier excellent --until 14d --reason "Met the board at the fair"',
  '  sluice override l-1 --hold --until 2026-06-01T00:00:00Z --reason "In talks about a larger deal"',
  '  sluice override l-1 --lift',
];

export const addOverride = (program: Command): void => {
  withConnectionOptions(
    program
      .command('override')
      .description('set the tier of a lead or hold it out of hand-offs until an instant, or lift that')
      .argument('<lead-id>', 'the lead')
      .addOption(new Option('--tier <tier>', 'the tier').choices(tiers))
      .option('--hold', 'hand it off to nobody')
      .option('--until <when>', 'when it ends: an instant, or a duration such as 14d', parseUntil)
      .option('--reason <text>', 'why', notEmpty)
      .option('--lift', 'end the override now')
      .option('--by <name>', 'who overrides', notEmpty, currentUser())
      .option('--dry-run', 'only show what would change')
      .option(
        '--source <source>',
        'the source of the event, for the policy of the bus',
        notEmpty,
        commandSource,
      )
      .addHelpText('after', ['', ...examples].join('\n')),
  ).action((leadId: string, options: OverrideOptions) => {
    checkOptions(options);
    return withConnection(options, (connection) => override(connection, leadId, options));
  });
};
