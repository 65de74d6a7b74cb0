/** A worker whose calls the scheduler interleaves with those of others, and which may be killed at a call. */
export interface Actor {
  readonly name: string;
  readonly isAlive: boolean;
  /** The rank of the actor if the run goes by priority; the highest goes first. */
  priority: number;
  /** The number of its service calls that went wrong by a fault. */
  strikes: number;
  /**
   * The number of its writes whose condition did not hold, or that conflicted with another: another actor was first.
   */
  lostRaces: number;
  onKill: () => void;
  readonly kill: () => void;
}

export const createActor = (name: string, priority = 0): Actor => {
  let isAlive = true;
  const actor: Actor = {
    name,
    priority,
    strikes: 0,
    lostRaces: 0,
    get isAlive() {
      return isAlive;
    },
    onKill: () => {},
    kill: () => {
      if (!isAlive) return;
      isAlive = false;
      actor.onKill();
    },
  };
  return actor;
};
