import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calibrate, type Row } from '../../shared/calibration/index.ts';
import { checkModel, evaluate } from '../../shared/scoring/index.ts';
import { ensurePython } from '../e2e/emulator/python.ts';
import { calibrationOptions } from '../support/calibration.ts';
import { realData } from './real-data.ts';

const learnShare = 0.8;
const allowedGap = 0.005;
/** Threads that wait for each other are slow on a machine that does other things. */
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', OMP_WAIT_POLICY: 'passive' };

const folder = mkdtempSync(join(tmpdir(), 'calibration-'));
const logFile = join(folder, 'install.log');
let python = '';
/** Why there is no judge: without a network its packages can't be installed. Undefined if there is one. */
let missing: string | undefined;

const saysNoNetwork = (log: string): boolean =>
  /NewConnectionError|NameResolution|name resolution|ConnectionError|ConnectTimeout|ProxyError|unreachable/i.test(
    log,
  );

beforeAll(async () => {
  try {
    python = await ensurePython({
      what: 'the judge of calibrations',
      requirements: join(import.meta.dirname, 'requirements.txt'),
      logFile,
    });
  } catch (cause) {
    const log = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
    if (!saysNoNetwork(log)) throw cause;
    missing = 'the packages of the judge can’t be installed without a network';
  }
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns the AUC of scikit-learn's and LightGBM's models of the first leads on the rest, by name. */
const judge = (rows: readonly Row[]): Record<string, number> => {
  const file = join(folder, 'leads.csv');
  const names = [...new Set(rows.flatMap(({ facts }) => Object.keys(facts.attributes)))];
  const lines = rows.map(({ facts, outcome }) => [
    ...names.map((name) => facts.attributes[name]?.[0] ?? ''),
    outcome ? 1 : 0,
  ]);
  writeFileSync(file, stringify([[...names, 'outcome'], ...lines]));
  const script = join(import.meta.dirname, 'judge.py');
  const printed = execFileSync(python, [script, file, String(learnShare)], {
    env: { ...process.env, ...oneThread },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(printed);
};

/** Counts the pairs of a lead that succeeded and one that didn't of which the former has the higher score. */
const computePlainAuc = (
  judged: readonly { readonly score: number; readonly outcome: boolean }[],
): number => {
  const won = judged.filter(({ outcome }) => outcome).map(({ score }) => score);
  const lost = Float64Array.from(
    judged.filter(({ outcome }) => !outcome),
    ({ score }) => score,
  ).sort();
  const countBelow = (score: number, orEqual: boolean): number => {
    let [low, high] = [0, lost.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const value = lost[middle] as number;
      if (value < score || (orEqual && value === score)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const above = won.reduce((sum, score) => sum + (countBelow(score, false) + countBelow(score, true)) / 2, 0);
  return above / (won.length * lost.length);
};

for (const [name, read] of Object.entries(realData)) {
  describe(`a model learnt from ${name}`, () => {
    it('is within 0.005 of the best of logistic regression, naive Bayes and gradient boosting', ({
      skip,
    }) => {
      if (read === undefined) return skip('the files of real data aren’t in ../shared/data');
      if (missing !== undefined) return skip(missing);
      const rows = read();
      const results = judge(rows);
      const split = Math.floor(rows.length * learnShare);
      const checked = checkModel(calibrate(rows.slice(0, split), calibrationOptions).document);
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
      expect(checked.warnings).toEqual([]);
      const auc = computePlainAuc(
        rows.slice(split).map(({ facts, stage, at, outcome }) => ({
          score: evaluate(checked.model, facts, stage, at).score,
          outcome,
        })),
      );
      const reported = calibrate(rows, calibrationOptions).report.performance[0]?.auc.value ?? 0;
      console.log(name, { document: auc, reported, ...results });
      const best = Math.max(...Object.values(results));
      expect(auc).toBeGreaterThanOrEqual(best - allowedGap);
      expect(reported).toBeGreaterThanOrEqual(best - allowedGap);
    }, 900_000);
  });
}
