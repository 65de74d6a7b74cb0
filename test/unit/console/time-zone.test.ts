import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formatMoment, readLocalInput, toLocalInput } from '../../../console/pages/lead/format.ts';
import { groupByDay } from '../../../console/pages/lead/timeline/group-by-day.ts';
import { formatInstant } from '../../../console/parts/instant.tsx';
import { endOfDay, setInUtc } from '../../../console/parts/time-zone.ts';
import { setLanguage } from '../../../console/texts/texts.ts';

const at = '2026-03-14T23:30:00.000Z';

describe('the zone of the times', () => {
  beforeAll(async () => {
    Object.assign(globalThis, { document: { documentElement: {} } });
    await setLanguage('en');
  });
  afterEach(() => setInUtc(false));

  it('is UTC for all of them once that was chosen, and each says so', () => {
    setInUtc(true);
    expect(formatInstant(at)).toMatch(/14.*11:30\sPM UTC$/);
    expect(formatInstant(at, true)).toBe('Mar 14, 2026');
    expect(formatMoment(at, 'es')).toMatch(/^14 de marzo de 2026.*23:30 UTC$/);
    expect(groupByDay([{ occurredAt: at }])[0]?.day).toBe('2026-03-14');
  });

  it('is the one of the reader as long as nothing was chosen', () => {
    const local = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
    expect(formatInstant(at)).toBe(local.format(new Date(at)));
  });

  it.each([true, false])('is the one in which inputs are read (UTC: %s)', (isOn) => {
    setInUtc(isOn);
    expect(readLocalInput(toLocalInput(Date.parse(at)))).toBe(Date.parse(at));
    expect(readLocalInput('')).toBeNaN();
  });

  it('is the one in which days end', () => {
    expect(endOfDay(Date.parse(at))).toBe(new Date(2026, 2, new Date(at).getDate() + 1).getTime());
    setInUtc(true);
    expect(endOfDay(Date.parse(at))).toBe(Date.parse('2026-03-15T00:00:00.000Z'));
  });

  it('is UTC in inputs if that was chosen', () => {
    setInUtc(true);
    expect(toLocalInput(Date.parse(at))).toBe('2026-03-14T23:30');
  });
});
