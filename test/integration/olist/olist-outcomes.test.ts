import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../events/index.ts';
import { calibrate } from '../../../shared/calibration/index.ts';
import type { DataSet, Task } from '../../../shared/outcomes/index.ts';
import { gather as gatherEvents } from '../../fixtures/outcomes/gather.ts';
import { hasOlist, type OlistOptions, olistEvents } from '../../fixtures/outcomes/olist.ts';
import { successReady } from '../../support/models.ts';

if (!hasOlist) console.log('Olist outcomes skipped: the files are not there');

const task: Task = {
  rule: { kind: 'outcome', outcome: 'won' },
  cut: { from: 'mql', plusMs: 0 },
  withinMs: 90 * dayMs,
  customerMs: 90 * dayMs,
  model: successReady(),
};

const gather = (options: OlistOptions): DataSet => gatherEvents(olistEvents(options), task);

const dealFields = ['business_segment', 'business_type', 'lead_behaviour_profile', 'lead_type'];

describe.skipIf(!hasOlist)('the Olist funnel at the cut', () => {
  it('has every lead with the wins of 90 days, and learns nothing from what a won deal says', () => {
    const data = gather({ dealSaid: 'when won' });
    expect(data).toMatchObject({ leads: 8_000, outcomes: { won: 842 }, successes: 691 });
    expect(data.rows).toHaveLength(8_000);
    const known = new Set(data.rows.flatMap(({ facts }) => Object.keys(facts.attributes)));
    expect([...known].toSorted()).toEqual(['landingPage', 'origin']);
    expect(data.saidLater.map(({ name }) => name).toSorted()).toEqual(dealFields);
  });

  it('learns from them if somebody says them at the first contact: that is a leak', () => {
    const data = gather({ dealSaid: 'at first contact' });
    const known = data.rows.filter(({ facts }) => Object.hasOwn(facts.attributes, 'business_segment'));
    expect(known).toHaveLength(841);
    expect(known.filter(({ outcome }) => outcome)).toHaveLength(691);
    const { report } = calibrate(data.rows, { id: 'x', version: '1', title: 'X', seed: 1, horizonDays: 90 });
    expect(report.ready).toBe(false);
    const named = new Set(
      report.leaks.filter(({ effect }) => effect !== 'noted').map(({ field }) => field.name),
    );
    expect([...named].toSorted()).toEqual(dealFields);
  });
});
