/** Somebody whose work the scheduler interleaves with that of others, and who may be killed at it. */
export interface Actor {
  readonly name: string;
  readonly isAlive: boolean;
  /** Which of two actors goes first, where the run goes by priority. */
  priority: number;
  /** Service calls that went wrong by a fault. */
  strikes: number;
  /** Writes whose condition did not hold, or that met another one's: somebody came first. */
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
