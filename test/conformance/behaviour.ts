import type { AppSpec, DeployedApp } from './backends/app.ts';
import type { Database } from './backends/database.ts';

/** What AWS does, said once and held against every back end. */
export interface Behaviour<World> {
  /** In the present tense; it is also what an expected difference goes by. */
  readonly name: string;
  /** Where AWS's documentation says so. */
  readonly source: string;
  /** Throws when the back end behaves in another way. */
  readonly check: (world: World) => Promise<void>;
}

export type DataBehaviour = Behaviour<Database>;
export type Deploy = (spec: AppSpec) => Promise<DeployedApp>;
export type AppBehaviour = Behaviour<Deploy>;

const documentation = 'https://docs.aws.amazon.com';

/** A group of behaviours that one page describes. */
export const from =
  <World>(page: string) =>
  (name: string, check: (world: World) => Promise<void>): Behaviour<World> => ({
    name,
    source: `${documentation}/${page}`,
    check,
  });
