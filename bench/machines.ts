import { FreshMachine } from "./freshMachine";

/** Does something where Docker builds and pushes on one kind of machine. */
export type Machine = <T>(work: () => Promise<T>) => Promise<T>;

/** The kinds of machine on which a change is built. */
export const machines: Readonly<Record<string, Machine>> = {
  "where the version before was built": (work) => work(),
  "on a machine that begins with nothing": onFreshMachine,
};

async function onFreshMachine<T>(work: () => Promise<T>): Promise<T> {
  const machine = await FreshMachine.start();
  Object.assign(process.env, machine.env);
  try {
    return await work();
  } finally {
    delete process.env.DOCKER_HOST;
    await machine.stop();
  }
}
