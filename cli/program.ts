import type { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { addAudit } from './commands/audit.ts';
import { addCalibrate } from './commands/calibrate.ts';
import { addClock } from './commands/clock.ts';
import { addDeliveries } from './commands/deliveries.ts';
import { addDlq } from './commands/dlq.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDrift } from './commands/drift.ts';
import { addDuplicates } from './commands/duplicates.ts';
import { addErase } from './commands/erase.ts';
import { addEvent } from './commands/event.ts';
import { addExplain } from './commands/explain.ts';
import { addFunnel } from './commands/funnel.ts';
import { addHandoffs } from './commands/handoffs.ts';
import { addIdentity } from './commands/identity.ts';
import { addImport } from './commands/import.ts';
import { addLeads } from './commands/leads.ts';
import { addListen } from './commands/listen.ts';
import { addMerge } from './commands/merge.ts';
import { addModel } from './commands/model.ts';
import { addNext } from './commands/next.ts';
import { addOverride } from './commands/override.ts';
import { addQuarantine } from './commands/quarantine.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addRescore } from './commands/rescore.ts';
import { addSend } from './commands/send.ts';
import { addSource } from './commands/source.ts';
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
    addListen,
    addHandoffs,
    addReport,
    addDuplicates,
    addIdentity,
    addFunnel,
    addAudit,
    addRebuild,
    addRescore,
    addModel,
    addCalibrate,
    addDrift,
    addSource,
    addUnread,
    addSend,
    addEvent,
    addMerge,
    addOverride,
    addErase,
    addDeliveries,
    addQuarantine,
    addDlq,
    addToken,
    addClock,
    addDoctor,
  ])
    add(program);
  return program;
};
