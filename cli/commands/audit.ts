import type { Command } from 'commander';
import { addAuditAnchor } from './audit-anchor.ts';
import { addAuditShow } from './audit-show.ts';
import { addAuditTransitions } from './audit-transitions.ts';
import { addAuditVerify } from './audit-verify.ts';

/** Adds the commands that show and verify ledgers. */
export const addAudit = (program: Command): void => {
  const audit = program
    .command('audit')
    .description('show and verify the ledgers of leads: what changed, by which event, and why');
  for (const add of [addAuditVerify, addAuditShow, addAuditTransitions, addAuditAnchor]) add(audit);
};
