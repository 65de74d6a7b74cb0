import type { Construct } from 'constructs';
import type { PartnerSource } from '../../shared/sources/index.ts';
import { documentsBesideBundle } from './document-asset.ts';
import { grantIntake, type IntakeStores, intakeEnvironment, sourcesFileName } from './intake-grants.ts';
import { PartnerEvents } from './partner-events.ts';
import type { SluiceFunction, SluiceFunctionProps } from './sluice-function.ts';

export interface TakePartnerEventsProps extends IntakeStores, Pick<SluiceFunctionProps, 'logRetention'> {
  /** The sources on partner buses, checked. */
  readonly sources: readonly PartnerSource[];
}

/** Creates the function that takes in what arrives on partner buses, and returns it. */
export const takePartnerEvents = (scope: Construct, props: TakePartnerEventsProps): SluiceFunction => {
  const { sources, key, logRetention } = props;
  const taking = new PartnerEvents(scope, 'TakePartnerEvents', {
    sources,
    key,
    logRetention,
    commandHooks: documentsBesideBundle({ [sourcesFileName]: sources }),
    environment: intakeEnvironment(props),
  }).function;
  grantIntake(taking.lambda, props);
  return taking;
};
