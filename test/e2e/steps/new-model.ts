import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseModel } from '../../../shared/scoring/index.ts';
import { stepFailed } from '../errors.ts';
import { projectRoot } from '../folders.ts';
import { firstUnderNewModel, leadEvent } from '../lead-events.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { countByType, readStandings, summarize } from '../summaries.ts';
import { assertScored } from './score.ts';

/** Bounds of tiers that no lead of the scenario reaches. */
const bounds = { good: 95, excellent: 99 };

/**
 * Returns the shipped model with other bounds. Its version contains a digest, since a version stands for one document
 * for ever.
 */
const changedModel = (): string => {
  const document = JSON.parse(readFileSync(join(projectRoot, 'models', 'success-ready.json'), 'utf8'));
  const changed = { ...document, tiers: { ...document.tiers, ...bounds } };
  const digest = createHash('sha256').update(JSON.stringify(changed)).digest('hex').slice(0, 8);
  return JSON.stringify({ ...changed, version: `e2e-${digest}` });
};

const deploy = async ({ target }: Session, model: string): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-e2e-model-'));
  const file = join(folder, 'model.json');
  try {
    writeFileSync(file, model);
    await target.deployModel?.(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The leads that are open. */
const open = ['keen', 'cold', 'other'] as const;

export const newModel: Step = {
  name: 'the stack is updated with a new model, and leads are rescored',
  skip: ({ deployModel }) =>
    deployModel === undefined ? 'the run may not change what is deployed' : undefined,
  run: async (session, expected) => {
    const model = changedModel();
    const { version } = parseModel(model, 'the changed model');
    // Subscriptions of clients end at a target that restarts for a new model.
    await session.unsubscribe();
    await deploy(session, model);
    await session.subscribe();
    await session.send([firstUnderNewModel]);
    await session.untilWorkedOff();
    await session.send(
      open.map((lead) =>
        leadEvent('sluice.rescore', 'LeadRescoreRequested', lead, { modelVersion: version }),
      ),
    );
    await session.untilWorkedOff();
    for (const lead of [...open, 'late']) {
      await assertScored(session, lead);
      const { lead: stored } = await session.view(lead);
      const judgedBy = stored !== undefined && 'modelVersion' in stored ? stored.modelVersion : 'nothing';
      if (judgedBy !== version)
        throw stepFailed(`the lead ${lead} is judged by ${judgedBy}, not by ${version}`);
    }
    const announced = await session.collect(expected?.announced?.length);
    return {
      saw: `judged by ${version}: ${countByType(announced)}`,
      facts: {
        leads: await readStandings(session, [...open, 'late']),
        announced: summarize(session, announced),
      },
    };
  },
};
