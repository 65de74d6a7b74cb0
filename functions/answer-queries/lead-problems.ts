import { showValue } from '../../events/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';
import type { LeadNotShown } from '../../shared/as-of/index.ts';

/** The lead and the instant that a caller has asked for. */
export interface AskedLead {
  readonly leadId: string;
  readonly at?: string | undefined;
}

const isoOf = (at: number): string => new Date(at).toISOString();

/**
 * Returns the problem of a lead that can't be shown. It names the lead that the caller has asked for, and never the one
 * that it was merged into.
 */
export const leadProblem = (reason: LeadNotShown, { leadId, at }: AskedLead): ApiProblem => {
  const id = (allowed: string) => [{ path: 'path.id', given: showValue(leadId), allowed }];
  const instant = (allowed: string) => [{ path: 'query.at', given: showValue(at), allowed }];
  switch (reason.kind) {
    case 'unknown':
      return new ApiProblem(
        'not-found',
        'there is no such lead',
        id('the id of a lead of which an event is recorded'),
      );
    case 'state-lost':
      return new ApiProblem(
        'conflict',
        'the lead has a ledger, but its state is lost; an administrator restores it by `sluice rebuild`',
        id('a lead whose state is stored'),
      );
    case 'erased':
      return new ApiProblem('erased', 'the lead was erased', id('a lead that was not erased'));
    case 'past-erased':
      return new ApiProblem(
        'erased',
        `everything that was known of the lead on ${isoOf(reason.at)} was erased`,
        instant('a later instant'),
      );
    case 'not-known-then': {
      const { first } = reason;
      return new ApiProblem(
        'not-found',
        `nothing was known of the lead on ${isoOf(reason.at)}`,
        instant(first === undefined ? 'a later instant' : `${first} or later`),
      );
    }
    case 'not-retained': {
      const end = isoOf(reason.end);
      return new ApiProblem(
        'not-found',
        `the lead is erased on ${end}, if nothing is heard of it until then`,
        instant(`before ${end}`),
      );
    }
    case 'unjudged':
    case 'model-missing':
      return new ApiProblem(
        'conflict',
        `the lead was judged by model ${reason.modelVersion}, which is not stored`,
        id('a lead whose models are stored'),
      );
    case 'too-long':
      return new ApiProblem(
        'too-much-to-read',
        `the lead had more than ${reason.most} entries by then; \`sluice explain --at\` reads them all`,
        instant('an earlier instant, or none for now'),
      );
    default:
      return reason satisfies never;
  }
};
