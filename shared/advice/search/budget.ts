/** Steps that a search may take. Steps and not time, so that the same question always gets the same answer. */
export interface Budget {
  /** Takes so many steps; false once none are left. */
  readonly spend: (steps: number) => boolean;
  readonly isSpent: () => boolean;
}

export const createBudget = (steps: number): Budget => {
  let left = steps;
  return {
    spend: (count) => {
      left -= count;
      return left >= 0;
    },
    isSpent: () => left < 0,
  };
};

/** What it takes to judge a lead, in steps; a step adds a few numbers. */
export const judging = 100;

/** What it takes to say how much a set of levers could do. */
export const bounding = 10;
