import type { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addAudit } from './commands/audit.ts';
import { addDlq } from './commands/dlq.ts';
import { addDoctor } from './commands/doctor.ts';
import { addErase } from './commands/erase.ts';
import { addEvent } from './commands/event.ts';
import { addExplain } from './commands/explain.ts';
import { addFunnel } from './commands/funnel.ts';
import { addHandoffs } from './commands/handoffs.ts';
import { addImport } from './commands/import.ts';
import { addLeads } from './commands/leads.ts';
import { addMerge } from './commands/merge.ts';
import { addModel } from './commands/model.ts';
import { addNext } from './commands/next.ts';
import { addQuarantine } from './commands/quarantine.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addRescore } from './commands/rescore.ts';
import { addSend } from './commands/send.ts';
import { addStart } from './commands/start.ts';
import { addToken } from './commands/token.ts';
import { addUnread } from './commands/unread.ts';
import { SluiceCommand } from './sluice-command.ts';

/** Creates the command `sluice` with all its subcommands. */
export const createProgram = (): Command => {
  const program = new SluiceCommand('sluice')
    .description('Open lead qualification: lead events in, explained scores and tier changes out.')
    .version(packageJson.version);
  for (const add of [
    addStart,
    addReplay,
    addImport,
    addExplain,
    addNext,
    addLeads,
    addHandoffs,
    addReport,
    addFunnel,
    addAudit,
    addRebuild,
    addRescore,
    addModel,
    addUnread,
    addSend,
    addEvent,
    addMerge,
    addErase,
    addQuarantine,
    addDlq,
    addToken,
    addDoctor,
  ])
    add(program);
  return program;
};
