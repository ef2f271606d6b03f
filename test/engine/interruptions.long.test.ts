import { setTimeout as delay } from "node:timers/promises";
import { Trial } from "./interruptions";

const MINUTE = 60_000;
const seed = Number(process.env.SEED ?? Date.now() % 100_000);
const random = mulberry32(seed);
let trial: Trial;
/** How long an update takes that nobody interrupts, in milliseconds. */
let duration: number;

beforeAll(async () => {
  trial = await Trial.start();
  process.stderr.write(`Moments of this run: SEED=${seed}\n`);
  await trial.stack.up(); // builds the images
  await trial.destroy();
  const started = Date.now();
  await trial.stack.up();
  duration = Date.now() - started;
  await trial.destroy();
}, 30 * MINUTE);

afterAll(() => trial.end(), 2 * MINUTE);

const someMoment = () => delay(random() * duration);
const rounds = (count: number) => Array.from({ length: count }, (_, round) => round + 1);

/** After any interruption the next update brings about what was wanted, and a destroy leaves nothing. */
async function recovers(): Promise<void> {
  const leftovers = await trial.leftovers();
  process.stderr.write(`left without a record: ${leftovers.join(", ") || "nothing"}\n`);
  await trial.goOn();
  await trial.destroy();
}

test.each(rounds(20))(
  "kill %i of the command line",
  async () => {
    const update = trial.update();
    await someMoment();
    await update.kill();
    await recovers();
  },
  5 * MINUTE,
);

test.each(rounds(5))(
  "kill %i of the provider",
  async () => {
    const update = trial.update();
    await someMoment();
    update.killProvider();
    await update.ended();
    await recovers();
  },
  5 * MINUTE,
);

test.each(rounds(5))(
  "kill %i of the emulator",
  async () => {
    const update = trial.update();
    await someMoment();
    await trial.emulator.kill();
    await update.ended();
    await trial.restartEmulator();
    await recovers();
  },
  5 * MINUTE,
);

test.each(rounds(5))(
  "Ctrl-C %i, and once more",
  async (round) => {
    const update = trial.update();
    await someMoment();
    update.interrupt();
    if (round % 2 === 0) update.interrupt();
    await update.ended();
    await recovers();
  },
  5 * MINUTE,
);

test.each(rounds(5))(
  "kill %i while a changed variable is rolled out",
  async (round) => {
    await trial.stack.up();
    await trial.stack.setConfig("airflow:variables.all.ROUND", { value: `${round}` }, true);
    const update = trial.update();
    await someMoment();
    await update.kill();
    await recovers();
  },
  5 * MINUTE,
);

/** A small generator of numbers from 0 to 1 that gives the same ones for the same seed. */
function mulberry32(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
