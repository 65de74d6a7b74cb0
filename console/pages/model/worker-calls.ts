/** The calls that a worker answers, by name. What they take and return must be plain data. */
export type Calls<T> = { readonly [K in keyof T]: (given: never) => unknown };

interface Asked {
  readonly id: number;
  readonly name: string;
  readonly given: unknown;
}

interface Answered {
  readonly id: number;
  readonly value?: unknown;
  /** The message of the error by which the call ended. */
  readonly error?: string;
}

/** Calls a worker, and resolves to what it returns. */
export type CallWorker<T extends Calls<T>> = <K extends keyof T & string>(
  name: K,
  given: Parameters<T[K]>[0],
) => Promise<Awaited<ReturnType<T[K]>>>;

/** Returns a function that calls a worker. The calls run at once; each is answered when it is done. */
export const createCaller = <T extends Calls<T>>(worker: Worker): CallWorker<T> => {
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const asked = open.get(data.id);
    open.delete(data.id);
    if (data.error === undefined) asked?.resolve(data.value);
    else asked?.reject(new Error(data.error));
  });
  // A worker that can't be loaded answers nothing.
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of open.values()) reject(new Error(message));
    open.clear();
  });
  return (name, given) => {
    lastId += 1;
    const asked = Promise.withResolvers<unknown>();
    open.set(lastId, asked);
    worker.postMessage({ id: lastId, name, given } satisfies Asked);
    return asked.promise as never;
  };
};

/** Answers calls within a worker. @param load returns what answers them; it is called once, by the first call */
export const answerCalls = <T extends Calls<T>>(load: () => Promise<T>): void => {
  let loading: Promise<T> | undefined;
  const answer = async ({ id, name, given }: Asked): Promise<Answered> => {
    try {
      loading ??= load();
      const calls = (await loading) as unknown as Readonly<Record<string, (given: unknown) => unknown>>;
      return { id, value: await calls[name]?.(given) };
    } catch (error) {
      return { id, error: String(error) };
    }
  };
  self.addEventListener('message', async ({ data }: MessageEvent<Asked>) =>
    self.postMessage(await answer(data)),
  );
};
