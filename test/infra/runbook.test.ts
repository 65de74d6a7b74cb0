import { describe, expect, it } from 'vitest';
import { findDocSection, readDocument } from '../support/docs.ts';
import { buildTemplates, listResources } from './synthesized.ts';

const runbook = readDocument('runbook.md');
/** The template with a key of the account, sources and subscriptions, since these have alarms of their own. */
const { stateless } = buildTemplates({
  overrides: { customerManagedKeys: true },
  sources: 'test/infra/integrations/sources',
  deliveries: 'test/infra/integrations/deliveries',
}).templates;
const alarms = listResources<{ AlarmDescription: string }>(stateless, 'AWS::CloudWatch::Alarm');

/** Returns the anchor that GitHub gives to a heading. */
const toAnchor = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');

const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
/** The headings of the sections about an alarm: all but one. */
const sections = headings.filter((heading) => heading !== 'Everything about one correlation');

const pointedTo = ({ properties }: (typeof alarms)[number]): string =>
  / See docs\/runbook\.md#([a-z-]+)\.$/.exec(properties.AlarmDescription)?.[1] ?? 'none';

describe('the runbook', () => {
  it.each(alarms)('has a section for the alarm $id, which the alarm points to', (alarm) => {
    expect(sections.map(toAnchor)).toContain(pointedTo(alarm));
  });

  it.each(sections)(
    'has an alarm for the section %s, and says what it means, where to look and how to fix it',
    (section) => {
      expect(alarms.map(pointedTo)).toContain(toAnchor(section));
      const text = findDocSection(runbook, `## ${section}`);
      for (const part of ['**Means:**', '**Look:**', '**Fix']) expect(text).toContain(part);
    },
  );
});
