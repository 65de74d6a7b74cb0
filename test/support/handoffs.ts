import { type ActionEvent, hourMs, outboundContracts, parseAction } from '../../events/index.ts';
import type { PrepareBrief } from '../../functions/hand-off/prepare-brief.ts';
import type { HandoffRequest } from '../../shared/follow-ups/index.ts';
import type { PolicyReader } from '../../shared/model-store/index.ts';

/** Reads a policy without deadlines, whatever the version: all hours count, and nothing follows. */
export const readPlainPolicy: PolicyReader = async () => ({ rules: [], recycle: { stage: 'lead' } });

/** Prepares no brief, as for a lead that changed meanwhile. */
export const noBrief: PrepareBrief = async () => undefined;

/** Returns a preparation for a lead whose own instant is this one. */
export const briefAt =
  (instant: string): PrepareBrief =>
  async () => ({
    at: Date.parse(instant),
    brief: { reasons: [] },
    standing: { stage: 'mql', tier: 'good', score: 60 },
  });

/** Returns the request of a hand-off that is due at an instant, a day after it began unless the test says otherwise. */
export const buildRequest = ({
  dueAt = '2026-03-02T09:00:00.000Z',
  hours = 24,
  ...more
}: Partial<HandoffRequest> & { readonly dueAt?: string } = {}): HandoffRequest => ({
  handoffId: 'h-1',
  queue: 'sales',
  modelVersion: 'success-ready@1',
  hours,
  startedAt: new Date(Date.parse(dueAt) - hours * hourMs).toISOString(),
  clock: { dueAt },
  ...more,
});

/** Returns an announcement that asks for a hand-off of a lead. */
export const announcement = (leadId: string): ActionEvent => {
  const { sampleEvent } = outboundContracts.LeadTierChanged;
  const { detail } = sampleEvent;
  return parseAction({ ...sampleEvent, detail: { ...detail, data: { ...detail.data, leadId } } });
};
