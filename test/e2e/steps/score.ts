import { isClosed, judge, modelTierOf } from '../../../shared/lead/index.ts';
import { loadModel } from '../../../shared/model-store/index.ts';
import { compileModel } from '../../../shared/scoring/index.ts';
import { stepFailed } from '../errors.ts';
import { waves } from '../lead-events.ts';
import type { Session } from '../session.ts';
import { counted, type Step } from '../step.ts';
import { readStandings } from '../summaries.ts';

/** Checks that a lead's score is the result of its facts and the model that is stored beside the leads. */
export const assertScored = async (session: Session, lead: string): Promise<void> => {
  const { lead: stored } = await session.view(lead);
  if (stored === undefined || isClosed(stored)) throw stepFailed(`the lead ${lead} is not there, or closed`);
  const { dynamodb: client } = session.target.clients;
  const table = session.target.output('LeadsTableName');
  const document = await loadModel({ client, table }, stored.modelVersion);
  if (document === undefined) throw stepFailed(`the model ${stored.modelVersion} is not stored`);
  const { score } = judge(compileModel(document), stored.facts, modelTierOf(stored)).standing;
  if (score !== stored.score) {
    throw stepFailed(`the lead ${lead} has the score ${stored.score}, and the model gives ${score}`);
  }
};

export const score: Step = {
  name: 'events become scores',
  run: async (session) => {
    for (const wave of waves) {
      await session.send(wave);
      await session.untilWorkedOff();
    }
    for (const lead of session.leads) await assertScored(session, lead);
    const leads = await readStandings(session);
    return {
      saw: `${counted(session.sent.length, 'event')} about ${counted(session.leads.length, 'lead')}`,
      facts: { leads },
    };
  },
};
