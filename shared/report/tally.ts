import type { Basis, TierSource } from './basis.ts';
import type { Observation } from './observations.ts';
import { type Customers, tallyCustomers } from './sections/customers.ts';
import { type Deadlines, tallyDeadlines } from './sections/deadlines.ts';
import { type Efforts, tallyEfforts } from './sections/efforts.ts';
import { type Funnel, tallyFunnel } from './sections/funnel.ts';
import { type LeftOut, tallyLeftOut } from './sections/left-out.ts';
import { type Stays, tallyStays } from './sections/stays.ts';
import { type Stuck, type StuckProps, tallyStuck } from './sections/stuck.ts';
import { type Readiness, tallyReadiness, tallyWinRates, type WinRates } from './sections/win-rates.ts';

/** All figures of a report. Shares are 0 to 1, durations are days. */
export interface Report {
  /** ISO 8601. */
  readonly asOf: string;
  /** `<id>@<version>` */
  readonly model: string;
  readonly tiers: TierSource;
  readonly funnel: Funnel;
  readonly efforts: Efforts;
  readonly customers: Customers;
  readonly stays: Stays;
  readonly stuck: Stuck;
  readonly winRates: WinRates;
  readonly readiness: Readiness;
  readonly deadlines: Deadlines;
  readonly leftOut: LeftOut;
}

export interface Tally {
  readonly add: (observation: Observation) => void;
  readonly report: () => Report;
}

/**
 * Creates a tally of observations. Its memory is bounded by the model and the limit, however many leads there are, and
 * the report doesn't depend on the order in which leads are read.
 */
export const createTally = ({ model, now, tiers }: Basis, props: StuckProps): Tally => {
  const funnel = tallyFunnel();
  const efforts = tallyEfforts(model.document.efforts);
  const customers = tallyCustomers(model.document.efforts);
  const stays = tallyStays();
  const stuck = tallyStuck(props);
  const winRates = tallyWinRates();
  const readiness = tallyReadiness({
    modelHasSlide: model.slide !== undefined,
    modelHasBant: model.bant !== undefined,
  });
  const deadlines = tallyDeadlines();
  const leftOut = tallyLeftOut();

  const add = (observation: Observation): void => {
    switch (observation.kind) {
      case 'effort':
        efforts.add(observation);
        break;
      case 'stay':
        stays.add(observation);
        break;
      case 'deal':
        winRates.add(observation);
        readiness.add(observation);
        break;
      case 'customer':
        customers.add(observation);
        break;
      case 'present':
        funnel.add(observation);
        stuck.add(observation);
        break;
      case 'deadline':
        deadlines.add(observation);
        break;
      case 'model':
      case 'remark':
        leftOut.add(observation);
        break;
      default:
        observation satisfies never;
    }
  };
  return {
    add,
    report: () => ({
      asOf: new Date(now).toISOString(),
      model: model.version,
      tiers,
      funnel: funnel.result(),
      efforts: efforts.result(),
      customers: customers.result(),
      stays: stays.result(),
      stuck: stuck.result(stays.at),
      winRates: winRates.result(),
      readiness: readiness.result(),
      deadlines: deadlines.result(),
      leftOut: leftOut.result(),
    }),
  };
};
