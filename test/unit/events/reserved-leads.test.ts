import { describe, expect, it } from 'vitest';
import { canarySource, computeCanaryLead, parseInbound, showProblem } from '../../../events/index.ts';
import { scoreLeads } from '../../../functions/score-leads/score-leads.ts';
import { buildCanaryEvents } from '../../../functions/send-canary/send-canary.ts';
import { createDynamoDbLedger } from '../../../shared/ledger/index.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import { createDynamoDbQuarantine } from '../../../shared/quarantine/index.ts';
import { buildBatch } from '../../support/deliveries.ts';
import { buildEntry, type EventInput, now } from '../../support/events.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { successReady } from '../../support/models.ts';
import { indexes } from '../../support/tables.ts';

const canary = computeCanaryLead(now);
const sent = (source: string, type: EventInput['type'], data: EventInput['data']) => ({
  ...buildEntry({ type, data }),
  source,
});

const verdict = (entry: unknown): string => {
  const parsed = parseInbound(entry, now);
  return parsed.ok
    ? 'accepted'
    : `${parsed.rejection.code} | ${parsed.rejection.problems.map(showProblem).join(' || ')}`;
};

const notYours = (field: string) =>
  `malformed | detail.data.${field}: given "${canary}"; allowed: a lead that doesn't begin with "sluice.canary.": ` +
  'only the source "sluice.canary" may name such leads';
const notItsOwn = (field: string) =>
  `malformed | detail.data.${field}: given "l-1"; allowed: a lead that begins with "sluice.canary.": ` +
  'the source "sluice.canary" may name no other';

describe("the canary's leads", () => {
  it.each([
    ['crm', 'LeadsMerged', { leadId: canary, mergedLeadId: 'l-1' }, notYours('leadId')],
    ['crm', 'LeadsMerged', { leadId: 'l-1', mergedLeadId: canary }, notYours('mergedLeadId')],
    ['crm', 'LeadStageChanged', { leadId: canary, stage: 'lead' }, notYours('leadId')],
    ['crm', 'LeadErasureRequested', { leadId: canary }, notYours('leadId')],
    ['sluice.rescore', 'LeadRescoreRequested', { leadId: canary, modelVersion: 'm@1' }, notYours('leadId')],
    [canarySource, 'LeadsMerged', { leadId: canary, mergedLeadId: 'l-1' }, notItsOwn('mergedLeadId')],
    [canarySource, 'LeadsMerged', { leadId: 'l-1', mergedLeadId: canary }, notItsOwn('leadId')],
    [canarySource, 'LeadErasureRequested', { leadId: 'l-1' }, notItsOwn('leadId')],
  ] as const)(
    'are only for the canary, which may name no others: %s sends %s of %j',
    (source, type, data, reason) => {
      expect(verdict(sent(source, type, data))).toBe(reason);
    },
  );

  it.each([
    ['crm', 'LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }],
    ['crm', 'LeadStageChanged', { leadId: 'sluice.canaryx', stage: 'lead' }],
    [canarySource, 'LeadStageChanged', { leadId: canary, stage: 'lead' }],
    [canarySource, 'LeadErasureRequested', { leadId: canary }],
  ] as const)('do not restrict others: %s sends %s of %j', (source, type, data) => {
    expect(verdict(sent(source, type, data))).toBe('accepted');
  });
});

describe("a producer that merges a lead into the canary's", () => {
  it("does not get it erased with the canary's, and the merge is quarantined", async () => {
    const client = memoryClient({
      tables: indexes,
    });
    const midnight = Date.parse('2026-06-01T00:02:00.000Z');
    const yesterday = midnight - 5 * 60_000;
    let at = yesterday;
    const score = scoreLeads({
      ledger: createDynamoDbLedger({ client, table: 'leads' }),
      quarantine: createDynamoDbQuarantine(client, 'quarantine'),
      models: createFixedModels(successReady()),
      wait: async () => {},
      now: () => at,
    });
    const merge = { leadId: computeCanaryLead(yesterday), mergedLeadId: 'victim' };
    const victim = { leadId: 'victim', stage: 'mql' };
    await score(buildBatch(...buildCanaryEvents(yesterday), sent('crm', 'LeadStageChanged', victim)));
    await score(buildBatch(sent('crm', 'LeadsMerged', merge)));
    at = midnight;
    await score(buildBatch(...buildCanaryEvents(midnight)));
    const findStatus = (leadId: string) =>
      client.memory.items('leads').find(({ pk, sk }) => pk?.S === `LEAD#${leadId}` && sk?.S === 'STATE')
        ?.status?.S;
    expect([findStatus(computeCanaryLead(yesterday)), findStatus('victim')]).toEqual(['erased', 'active']);
    const codes = client.memory.items('quarantine').flatMap(({ code }) => code?.S ?? []);
    expect(codes).toEqual(['malformed']);
  });
});
