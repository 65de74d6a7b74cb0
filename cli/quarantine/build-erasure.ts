import { type BusEvent, busEvent, type RejectionCode, showValue } from '../../events/index.ts';
import type { QuarantinedEvent } from '../../shared/quarantine/index.ts';
import { CliError, UsageError } from '../errors.ts';

const code: RejectionCode = 'merge-with-erased';

/**
 * Builds the request to erase the other lead of a merge with an erased lead. It has the source of the merge, so that the
 * policy of the bus decides whether the caller may send it.
 *
 * @param leadId the lead to erase
 * @param now the instant of the decision, in milliseconds since 1970
 * @throws CliError if the quarantined event is no merge with an erased lead
 * @throws UsageError if the merge names no such lead
 */
export const buildErasure = (record: QuarantinedEvent, leadId: string, now: number): BusEvent => {
  const { id, source } = record;
  if (record.code !== code)
    throw new CliError(
      'NO_MERGE',
      `--erase: ${id} was rejected as ${record.code}; allowed: one that was rejected as ${code}`,
    );
  const named = [record.leadId, record.mergedLeadId].filter((named) => named !== undefined);
  if (source === undefined || named.length < 2)
    throw new CliError(
      'ERASED',
      `--erase: the names in ${id} were erased; send a LeadErasureRequested with \`sluice send\` instead`,
    );
  if (!named.includes(leadId))
    throw new UsageError(
      `--erase: given ${showValue(leadId)}; allowed: ${named.join(' or ')}, which the merge names`,
    );
  const metadata = { eventId: `erasure-${id}`, occurredAt: new Date(now).toISOString() };
  return busEvent('LeadErasureRequested', source, metadata, { leadId });
};
