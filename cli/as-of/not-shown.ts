import { type LeadNotShown, NotRetainedError } from '../../shared/as-of/index.ts';
import { CliError } from '../errors.ts';
import { spellInstant } from '../text/format-instant.ts';

const notRetained = ({ leadId, end }: { readonly leadId: string; readonly end: number }): CliError =>
  new CliError(
    'ERASED_BY_THEN',
    `lead ${leadId} is erased on ${spellInstant(end)}, if nothing is heard of it until then`,
  );

const firstHeard = (first: string | undefined): string =>
  first === undefined ? '' : `: the first that was heard of it is of ${spellInstant(Date.parse(first))}`;

/** Returns the error that says why a lead can't be shown. */
export const notShownError = (reason: LeadNotShown): CliError => {
  const { leadId } = reason;
  switch (reason.kind) {
    case 'unknown':
      return new CliError('NO_SUCH_LEAD', `there is no lead ${leadId}`);
    case 'state-lost': {
      // Another event would not restore the state.
      const fix = '`sluice rebuild` restores it, `sluice audit verify` shows the findings';
      return new CliError('NO_STATE', `lead ${leadId} has a ledger, but its state is lost: ${fix}`);
    }
    case 'erased':
      return new CliError('LEAD_ERASED', `lead ${leadId} was erased`);
    case 'past-erased':
      return new CliError(
        'LEAD_ERASED',
        `what was known of lead ${leadId} on ${spellInstant(reason.at)} was erased`,
      );
    case 'not-known-then':
      return new CliError(
        'NOT_KNOWN_THEN',
        `lead ${leadId} wasn't known on ${spellInstant(reason.at)}${firstHeard(reason.first)}`,
      );
    case 'unjudged':
      return new CliError(
        'MODEL_NOT_FOUND',
        `lead ${leadId} was judged by model ${reason.modelVersion} by ${spellInstant(reason.at)}, and that model isn't stored`,
      );
    case 'model-missing':
      return new CliError(
        'MODEL_NOT_FOUND',
        `lead ${leadId} was judged by model ${reason.modelVersion}, which isn't stored`,
      );
    case 'not-retained':
      return notRetained(reason);
    case 'too-long':
      return new CliError('TOO_LONG', `lead ${leadId} has more than ${reason.most} entries by then`);
    default:
      return reason satisfies never;
  }
};

/** Runs a forecast. @throws CliError `ERASED_BY_THEN` if the lead isn't retained for so long */
export const reportNotRetained = <T>(forecast: () => T): T => {
  try {
    return forecast();
  } catch (error) {
    throw error instanceof NotRetainedError ? notRetained(error) : error;
  }
};
