import { describe, expect, it } from 'vitest';
import { formatMoment } from '../../../console/pages/lead/format.ts';
import {
  describeUpcoming,
  type StandingBefore,
} from '../../../console/pages/lead/standing/upcoming-words.ts';
import type { Upcoming } from '../../../console/pages/lead/types.ts';
import { en } from '../../../console/texts/en.ts';
import { es } from '../../../console/texts/es.ts';

const before: StandingBefore = { tier: 'excellent', stage: 'mql', status: 'active' };
const after = {
  stage: 'mql',
  status: 'active',
  score: 66,
  action: { kind: 'handoff', queue: 'sales', dueHours: 24 },
};
const change = (what: Upcoming['what'], standing: object = {}): Upcoming =>
  ({ at: '2026-03-14T09:00:00.000Z', what, ...after, tier: 'good', ...standing }) as Upcoming;
const on = (tag: string) => formatMoment('2026-03-14T09:00:00.000Z', tag, 'UTC');
const say = (next: Upcoming, standing = before) => describeUpcoming(next, standing, en, on('en'));

describe('what comes by itself', () => {
  it('says to which tier a lead falls, when, and what is to be done then', () => {
    expect(say(change(['tier', 'action']))).toBe(
      'Falls to Good on March 14, 2026 at 9:00 AM if nothing happens. Then: Call: sales.',
    );
  });

  it('says that a lead rises if the tier is a better one', () => {
    expect(say(change(['tier']), { ...before, tier: 'risky' })).toMatch(/^Rises to Good on/);
  });

  it('says the same in Spanish', () => {
    expect(describeUpcoming(change(['tier', 'action']), before, es, on('es'))).toBe(
      'Baja a Bueno el 14 de marzo de 2026 a las 9:00 si no ocurre nada. Después: Llamar: sales.',
    );
  });

  it('joins several changes in one sentence', () => {
    expect(say(change(['tier', 'overridden']))).toMatch(/^Falls to Good and is judged by the model again on/);
  });

  it('names a disqualification, and not the status that follows from it', () => {
    const said = say(
      change(['disqualification', 'tier', 'status'], { status: 'disqualified', tier: 'none' }),
    );
    expect(said).toMatch(/^Is ruled out and falls to No tier on/);
  });

  it('says of a change of the action alone what is to be done', () => {
    expect(say(change(['action']))).toMatch(/^What to do will change on .*: Call: sales\.$/);
  });

  it.each<[object, RegExp]>([
    [{ what: ['handoffDue'], queue: 'sales' }, /^Queue sales has to answer by/],
    [{ what: ['nurtureStart'], track: 'recycled' }, /^Nurture recycled begins on/],
    [{ what: ['erased'] }, /^Is erased on .* if nothing is heard/],
    [{ what: ['settled'] }, /^Its history is being loaded/],
  ])('says what is due: %j', (next, said) => {
    expect(say({ at: '2026-03-14T09:00:00.000Z', ...next } as Upcoming)).toMatch(said);
  });
});
