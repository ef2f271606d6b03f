import { Retirements } from "../../emulator/containers/retirements";

/** An engine whose containers end when they are told to a second time, or when `end` says so. */
function newRetirements() {
  const done: string[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const engine = {
    stop: async (name: string, seconds = 10) => {
      done.push(`stop ${name} ${seconds}`);
      if (seconds === 0) end();
      await ended;
    },
    removeContainer: async (name: string) => void done.push(`remove ${name}`),
  };
  const networks = { releaseAddresses: (name: string) => void done.push(`release ${name}`) };
  return { done, end, retirements: new Retirements(engine, networks) };
}

test("a replaced revision has its grace period, then it is removed with its addresses", async () => {
  const { done, end, retirements } = newRetirements();
  retirements.begin("container", "former");
  expect(done).toEqual(["stop former 30"]);
  end();
  await retirements.ended();
  expect(done.slice(1)).toEqual(["remove former", "release former"]);
});

test("a container that is deleted takes its former revisions with it at once", async () => {
  const { done, retirements } = newRetirements();
  retirements.graceSeconds = 300;
  retirements.begin("container", "former");
  await retirements.finish("container");
  expect(done).toEqual(["stop former 300", "stop former 0", "remove former", "release former"]);
});
