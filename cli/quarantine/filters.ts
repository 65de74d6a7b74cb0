import { InvalidArgumentError } from 'commander';
import type { QuarantineFilter, QuarantineStatus } from '../../shared/quarantine/index.ts';

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

/**
 * Parses an option value that is a day or an instant, in UTC. Returns it in ISO 8601.
 *
 * @throws InvalidArgumentError also for 30 February, which Date accepts
 */
export const dayOrInstant = (given: string): string => {
  const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?$/;
  const at = form.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(given.slice(0, 10))) {
    throw new InvalidArgumentError(
      `given ${JSON.stringify(given)}; allowed: a day such as 2026-03-01, or a UTC instant such as 2026-03-01T09:00:00Z`,
    );
  }
  return new Date(at).toISOString();
};
