export { checkAccount, checkAccountQuickly } from './aws/check-account.ts';
export { defaultToolkit } from './aws/check-stacks.ts';
export { checkMachine } from './check-machine.ts';
export { type Context, parseContextValue } from './context.ts';
export type { Finding } from './finding.ts';
export { formatFindings } from './format-findings.ts';
