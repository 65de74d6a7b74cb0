export interface RunBudgetProps {
  readonly messages: number;
  /** In milliseconds since 1970. */
  readonly endsAt: number;
  readonly now: () => number;
}

/** The bounds of one run: the messages that it may send, and the time that it may take. */
export interface RunBudget {
  /** Returns how many of these messages may be sent, and counts them as sent. None may once the time is over. */
  take(wanted: number): number;
  isSpent(): boolean;
}

export const createRunBudget = ({ messages, endsAt, now }: RunBudgetProps): RunBudget => {
  let left = messages;
  const isSpent = () => left <= 0 || now() >= endsAt;
  return {
    isSpent,
    take(wanted) {
      const taken = isSpent() ? 0 : Math.min(wanted, left);
      left -= taken;
      return taken;
    },
  };
};
