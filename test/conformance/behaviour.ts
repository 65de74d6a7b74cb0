import type { AppSpec, DeployedApp } from './backends/app.ts';
import type { Database } from './backends/database.ts';

/** A behaviour of AWS, described once and checked against every back end. */
export interface Behaviour<World> {
  /** The behaviour in the present tense; expected differences refer to it. */
  readonly name: string;
  /** The page of AWS's documentation that describes it. */
  readonly source: string;
  /** Throws if the back end behaves differently. */
  readonly check: (world: World) => Promise<void>;
}

export type DataBehaviour = Behaviour<Database>;
export type Deploy = (spec: AppSpec) => Promise<DeployedApp>;
export type AppBehaviour = Behaviour<Deploy>;

const documentation = 'https://docs.aws.amazon.com';

/** Returns a function that creates behaviours from one page of the documentation. */
export const from =
  <World>(page: string) =>
  (name: string, check: (world: World) => Promise<void>): Behaviour<World> => ({
    name,
    source: `${documentation}/${page}`,
    check,
  });
