import { describeReply } from '../../api/api-client.ts';
import { stepFailed } from '../../errors.ts';
import type { Step } from '../../step.ts';
import { type Door, skipAt } from './door.ts';

interface ListedModel {
  readonly modelVersion: string;
  readonly active: boolean;
}

/** Scores facts, and reads what there is of models and the report. */
export const ask = (door: Door): Step => ({
  name: `${door.name} score facts, and read the models and the report`,
  ...skipAt(door),
  run: async ({ api, target }) => {
    const facts = {
      attributes: { seniority: 'executive', employees: '600' },
      activities: { demo_requested: 1 },
    };
    const scored = (await api.expect('200', door.viewer, 'scoreFacts', { body: facts })).body;
    await api.expect('400 invalid-request', door.viewer, 'scoreFacts', { body: { activities: { x: 0 } } });
    await api.expect('200', door.admin, 'listDuplicates');
    const { models } = (await api.expect('200', door.viewer, 'listModels')).body;
    const active = models.find((model: ListedModel) => model.active)?.modelVersion;
    if (active !== target.output('ModelVersion'))
      throw stepFailed(`the active model is ${active}, and deployed is ${target.output('ModelVersion')}`);
    for (const [operation, query] of [
      ['getReport', {}],
      ['listCountedLeads', { figure: 'came' }],
    ] as const) {
      const reply = await api.call(door.viewer, operation, { query });
      const read = describeReply(reply);
      // An account may have more leads than one answer reads.
      if (read !== '200' && !(target.name === 'aws' && read === '422 too-much-to-read'))
        throw stepFailed(`${operation}: answered ${read} ${JSON.stringify(reply.body)}; expected 200`);
    }
    return { saw: `facts scored ${scored.score}, ${scored.tier} at ${scored.stage}; ${active} is active` };
  },
});
