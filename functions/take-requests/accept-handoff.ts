import { answerHandoff } from './answer-handoff.ts';
import type { RequestDeps } from './deps.ts';

export const acceptHandoff = (deps: RequestDeps) => answerHandoff(deps, 'HandoffAccepted');
