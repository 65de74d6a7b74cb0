import type { QuarantineFilter, QuarantineStatus } from '../../shared/quarantine/index.ts';
import { parseDayOrInstant } from '../text/parse-instant.ts';

export interface FilterOptions {
  readonly code?: string;
  readonly lead?: string;
  readonly source?: string;
  readonly status: QuarantineStatus | 'all';
  readonly since?: string;
}

export const buildFilter = ({ code, lead, source, status, since }: FilterOptions): QuarantineFilter => ({
  code,
  leadId: lead,
  source,
  since,
  status: status === 'all' ? undefined : status,
});

/** Parses an option value that is a day or an instant, in UTC. Returns it in ISO 8601. @throws InvalidArgumentError */
export const dayOrInstant = (given: string): string => new Date(parseDayOrInstant(given)).toISOString();
