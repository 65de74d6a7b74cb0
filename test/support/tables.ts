import type { IndexProps } from '../../infra/local/engine/memory/table.ts';

/** The indexes of the tables, as they are deployed. */
export const indexes: Readonly<
  Record<'leads' | 'quarantine' | 'requests' | 'identities' | 'deliveries', readonly IndexProps[]>
> = {
  leads: [
    { name: 'by-tier', partition: 'tierKey', sort: 'pk' },
    { name: 'by-due', partition: 'dueKey', sort: 'dueAt' },
    { name: 'by-queue', partition: 'queue', sort: 'handoffStatus' },
  ],
  quarantine: [{ name: 'by-lead', partition: 'leadId', sort: 'pk' }],
  requests: [],
  identities: [],
  deliveries: [{ name: 'by-time', partition: 'timeKey', sort: 'time' }],
};
