import { expect, it } from 'vitest';
import { buildTemplates, documents } from './synthesized.ts';

it('leaves room in a stack with everything: it may have 500 resources, and further sources have alarms', () => {
  const { stateless } = buildTemplates(documents).templates;
  expect(Object.keys(stateless.Resources).length).toBeLessThanOrEqual(490);
});
