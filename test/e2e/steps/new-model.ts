import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stepFailed } from '../errors.ts';
import { firstUnderNewModel } from '../lead-events.ts';
import { changedModel, type OtherModel } from '../other-model.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { countByType } from '../summaries.ts';
import { until } from '../until.ts';
import { assertScored } from './score.ts';

const deploy = async ({ target }: Session, text: string): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-e2e-model-'));
  const file = join(folder, 'model.json');
  try {
    writeFileSync(file, text);
    await target.deployModel?.(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const reason = 'a run from end to end';

/** Returns the version of the active model. */
const readActive = async ({ api }: Session): Promise<string> => {
  const { models } = (await api.expect('200', 'service', 'listModels')).body;
  return models.find((model: { readonly active: boolean }) => model.active)?.modelVersion;
};

/** Publishes the model, shadows it for a moment, and activates it. */
const activate = async ({ api }: Session, { document, version }: OtherModel): Promise<void> => {
  const path = { version };
  await api.expect('200', 'service', 'publishModel', { body: { document, reason } });
  await api.expect('200', 'service', 'shadowModel', { path, body: { reason } });
  await api.expect('200', 'service', 'endShadow', { query: { reason } });
  await api.expect('200', 'service', 'activateModel', { path, body: { reason } });
};

/** A rescoring looks again two minutes after the activation, when no function judges by the model before any more. */
const rescoringMs = 240_000;

const untilRescored = ({ api, target }: Session): Promise<void> =>
  until('the end of the rescoring', { ...target.pace, patienceMs: rescoringMs }, async () => {
    const { rescoring } = (await api.expect('200', 'service', 'getRescoring')).body;
    if (rescoring?.status === 'done') return { found: undefined };
    return { instead: JSON.stringify(rescoring) };
  });

/** The leads that are open. */
const open = ['keen', 'cold', 'other'] as const;

export const newModel: Step = {
  name: 'the stack is updated with a new model, which is published, activated, and rescores leads',
  skip: ({ deployModel }) =>
    deployModel === undefined ? 'the run may not change what is deployed' : undefined,
  run: async (session) => {
    const model = changedModel();
    const { version } = model;
    const before = await readActive(session);
    // Subscriptions of clients end at a target that restarts for a new model.
    await session.unsubscribe();
    await deploy(session, model.text);
    await session.subscribe();
    const after = await readActive(session);
    if (after !== before)
      throw stepFailed(`a deployment made ${after} the active model instead of ${before}`);
    await activate(session, model);
    await untilRescored(session);
    for (const lead of session.leads) session.noteEntries(lead, (await session.view(lead)).entries.length);
    await session.send([firstUnderNewModel]);
    await session.untilWorkedOff();
    for (const lead of [...open, 'late']) {
      await assertScored(session, lead);
      const { lead: stored } = await session.view(lead);
      const judgedBy = stored !== undefined && 'modelVersion' in stored ? stored.modelVersion : 'nothing';
      if (judgedBy !== version)
        throw stepFailed(`the lead ${lead} is judged by ${judgedBy}, not by ${version}`);
    }
    const announced = await session.collect();
    for (const { type, data } of announced)
      if (type === 'LeadTierChanged' && data.modelVersion !== version)
        throw stepFailed(`a change of the lead ${data.leadId} names the model ${data.modelVersion}`);
    // Scores fade, and the rescoring is of today, so that they differ from day to day: no facts are compared.
    return { saw: `judged by ${version}: ${countByType(announced)}` };
  },
};
