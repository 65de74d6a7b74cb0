import { rmSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { type LocalStack, type LocalStackProps, startLocalStack } from '../../../infra/local/stack.ts';
import { stateful, type TemplateResource, writeAssembly } from './template.ts';

/** Starts an app with these resources for one test, and closes it afterwards. */
export const run = async (
  resources: Readonly<Record<string, TemplateResource>>,
  handlers: Readonly<Record<string, string>>,
  props: Partial<LocalStackProps> = {},
): Promise<LocalStack> => {
  const assembly = writeAssembly({ Stateful: stateful, App: { resources } }, handlers);
  onTestFinished(() => rmSync(assembly, { recursive: true }));
  const stack = await startLocalStack({ assembly, retryDelayMs: 20, ...props });
  onTestFinished(() => stack.close());
  return stack;
};

export const entry = (detail: object, source = 'web') => ({
  EventBusName: 'leads',
  Source: source,
  DetailType: 'Happened',
  Detail: JSON.stringify(detail),
});

/** Returns the `detail` of each event in a queue. */
export const details = (stack: LocalStack, queue: string): Record<string, unknown>[] =>
  stack.messages(queue).map(({ body }) => JSON.parse(body).detail);

/** Returns the keys of the items that were announced, each as often as it was. The engine gives attributes in any order. */
export const announcedKeys = (stack: LocalStack): string[] =>
  details(stack, 'Announced').map(({ keys }) => {
    const { pk, sk } = keys as Record<string, { S: string }>;
    return `${pk?.S}/${sk?.S}`;
  });
