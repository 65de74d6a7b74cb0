import { answerCalls } from '../worker-calls.ts';

answerCalls(async () => (await import('./language-calls.ts')).languageCalls);
