import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseModel } from '../../../shared/scoring/index.ts';
import { stepFailed } from '../errors.ts';
import { projectRoot } from '../folders.ts';
import { retell, standings, tallied } from '../retell.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { firstUnderNewModel, tell } from '../story.ts';
import { assertScored } from './score.ts';

/** Bounds that nobody in the story reaches. */
const bounds = { good: 95, excellent: 99 };

/** The shipped model with other bounds; its version says what is in it, since a version is for one document for ever. */
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

/** Leads that are open. */
const open = ['keen', 'cold', 'other'] as const;

export const newModel: Step = {
  name: 'the stack is updated with a new model, and leads are judged anew',
  skip: ({ deployModel }) =>
    deployModel === undefined ? 'the run may not change what is deployed' : undefined,
  run: async (session, expected) => {
    const model = changedModel();
    const { version } = parseModel(model, 'the changed model');
    // At a target that starts anew for it, subscriptions of clients end.
    await session.unsubscribe();
    await deploy(session, model);
    await session.subscribe();
    await session.tell([firstUnderNewModel]);
    await session.worked();
    await session.tell(
      open.map((lead) => tell('sluice.rescore', 'LeadRescoreRequested', lead, { modelVersion: version })),
    );
    await session.worked();
    for (const lead of [...open, 'late']) {
      await assertScored(session, lead);
      const { lead: stored } = await session.view(lead);
      const judgedBy = stored !== undefined && 'modelVersion' in stored ? stored.modelVersion : 'nothing';
      if (judgedBy !== version)
        throw stepFailed(`the lead ${lead} is judged by ${judgedBy}, not by ${version}`);
    }
    const heard = await session.collect(expected?.announced?.length);
    return {
      saw: `judged by ${version}: ${tallied(heard)}`,
      facts: { leads: await standings(session, [...open, 'late']), announced: retell(session, heard) },
    };
  },
};
