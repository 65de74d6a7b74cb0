import * as z from 'zod/mini';
import { answerCalls } from '../worker-calls.ts';

// Without this, zod tries whether code may be made of text, which the policy of the page refuses and reports. It must be
// said before any schema is made.
z.config({ jitless: true });

answerCalls(async () => (await import('./judge-models.ts')).judgeCalls);
