import { apiServices } from '../../../events/api/index.ts';
import { stepFailed } from '../errors.ts';
import { counted, type Step } from '../step.ts';

export const rights: Step = {
  name: 'functions called nothing that their roles do not allow',
  skip: ({ checkRights }) => (checkRights === undefined ? 'calls are not recorded there' : undefined),
  run: async ({ target }) => {
    const { calls = 0, callers = [], problems = [] } = target.checkRights?.() ?? {};
    if (calls === 0) throw stepFailed('no call of a function was recorded');
    const silent = apiServices.filter((service) => !callers.includes(service));
    if (silent.length > 0) throw stepFailed(`no call of ${silent.join(', ')} was recorded`);
    if (problems.length > 0) throw stepFailed(problems.join('; '));
    return {
      saw: `${counted(calls, 'right')} used by ${counted(callers.length, 'function')}, each one granted`,
    };
  },
};
