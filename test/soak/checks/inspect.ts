import type { Run } from '../run.ts';
import { tablesOf } from '../run.ts';
import { deadLettersIn, describeStack } from '../stack/description.ts';
import { StackFailedError } from '../stack/stack-process.ts';
import { type Checked, checkAll } from './check-all.ts';
import { checkGivenUp } from './given-up.ts';

export interface Inspected extends Checked {
  readonly deadLetters: Readonly<Record<string, number>>;
}

/** What can be seen when all is at rest: what is stored, and what was given up. @throws StackFailedError */
export const inspect = async (run: Run): Promise<Inspected> => {
  const { stack, sent } = run;
  const description = await describeStack(stack.endpoint);
  if (description === undefined) throw new StackFailedError('the stack does not answer at rest');
  const checked = await checkAll(tablesOf(run), sent.all());
  const findings = [...checked.findings, ...(await checkGivenUp(stack.endpoint, description))];
  return { ...checked, findings, deadLetters: deadLettersIn(description) };
};
