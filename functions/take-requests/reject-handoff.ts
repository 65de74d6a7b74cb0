import { answerHandoff } from './answer-handoff.ts';
import type { RequestDeps } from './deps.ts';

export const rejectHandoff = (deps: RequestDeps) => answerHandoff(deps, 'HandoffRejected');
