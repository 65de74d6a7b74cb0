import { inspect } from 'node:util';
import { EndToEndError } from './errors.ts';
import { assertAsExpected, comparable, type Expectation, knownRun } from './expectation.ts';
import { Session } from './session.ts';
import type { Facts, Step } from './step.ts';
import { acceptHandoff } from './steps/accept-handoff.ts';
import { anchor } from './steps/anchor.ts';
import { announce } from './steps/announce.ts';
import { apiSteps } from './steps/api/index.ts';
import { canary } from './steps/canary.ts';
import { clock } from './steps/clock.ts';
import { diff } from './steps/diff.ts';
import { duplicates } from './steps/duplicates.ts';
import { askForErasure, erased } from './steps/erase.ts';
import { integrationSteps, setAllSecrets } from './steps/integrations/index.ts';
import { mergeLeads } from './steps/merge-leads.ts';
import { newModel } from './steps/new-model.ts';
import { nothingGivenUp } from './steps/nothing-given-up.ts';
import { quarantine } from './steps/quarantine.ts';
import { rights } from './steps/rights.ts';
import { score } from './steps/score.ts';
import { subscribe } from './steps/subscribe.ts';
import { unsubscribe } from './steps/unsubscribe.ts';
import type { Target, TargetName } from './target.ts';

/** The scenario: what a client of AWS does with Sluice, and what must result, wherever Sluice is deployed. */
export const steps: readonly Step[] = [
  subscribe,
  setAllSecrets,
  score,
  announce,
  acceptHandoff,
  mergeLeads,
  askForErasure,
  quarantine,
  duplicates,
  ...integrationSteps,
  ...apiSteps,
  anchor,
  canary,
  diff,
  // Time would have nothing left to change after the rescoring, which is of today.
  clock,
  newModel,
  erased,
  unsubscribe,
  nothingGivenUp,
  rights,
];

export interface StepReport {
  readonly name: string;
  readonly ms: number;
  readonly result: 'passed' | 'skipped' | 'failed';
  /** The observation, the reason for skipping, or the failure. */
  readonly saw: string;
  readonly facts?: Facts;
}

export interface ScenarioProps {
  /** The prefix of all ids. @default the run whose ids are known */
  readonly run?: string;
  /** The expected results. Left out, nothing is compared. */
  readonly expectation?: Expectation;
  readonly onStep?: (report: StepReport) => void;
}

export interface Outcome {
  readonly target: TargetName;
  readonly run: string;
  readonly passed: boolean;
  readonly steps: readonly StepReport[];
}

const take = async (session: Session, step: Step, props: ScenarioProps): Promise<StepReport> => {
  const { name } = step;
  const reason = step.skip?.(session.target);
  if (reason !== undefined) return { name, ms: 0, result: 'skipped', saw: reason };
  const startedAt = Date.now();
  const report = (result: StepReport['result'], saw: string, facts?: Facts): StepReport => ({
    name,
    ms: Date.now() - startedAt,
    result,
    saw,
    ...(facts && { facts }),
  });
  try {
    const known = props.expectation?.[name];
    const expected = known && comparable(session.run, known);
    const { saw, facts } = await step.run(session, expected);
    if (props.expectation !== undefined && facts !== undefined) {
      assertAsExpected(session.run, facts, expected ?? {});
    }
    return report('passed', saw, facts);
  } catch (error) {
    return report('failed', error instanceof EndToEndError ? error.message : inspect(error));
  }
};

/** Runs the scenario up to the first step that fails. Its subscription is removed in any case. */
export const runScenario = async (target: Target, props: ScenarioProps = {}): Promise<Outcome> => {
  const session = new Session(target, props.run ?? knownRun);
  const reports: StepReport[] = [];
  try {
    for (const step of steps) {
      const report = await take(session, step, props);
      reports.push(report);
      props.onStep?.(report);
      if (report.result === 'failed') break;
    }
  } finally {
    // A failure of the clean-up must not hide that of a step.
    await session.unsubscribe().catch(() => {});
  }
  const passed = reports.every(({ result }) => result !== 'failed');
  return { target: target.name, run: session.run, passed, steps: reports };
};
