import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { burstsTable } from '../../../bench/scale/bursts.ts';
import { clockDemandsTable } from '../../../bench/scale/clock-demands.ts';
import { demandsTable } from '../../../bench/scale/demands.ts';
import { countingDemandsTable, recountDemandsTable } from '../../../bench/scale/funnel-demands.ts';
import { rescoringDemandsTable } from '../../../bench/scale/rescoring-demands.ts';

describe('docs/scale.md', () => {
  it('has the tables that npm run scale prints', () => {
    const page = readFileSync(new URL('../../../docs/scale.md', import.meta.url), 'utf8');
    expect(page).toContain(demandsTable());
    expect(page).toContain(clockDemandsTable());
    expect(page).toContain(countingDemandsTable());
    expect(page).toContain(recountDemandsTable());
    expect(page).toContain(rescoringDemandsTable());
    expect(page).toContain(burstsTable());
  });
});
