import { say, step } from "../../tools/progress";
import { DatabaseBackup, ManagedDatabase } from "../managedDatabase";
import { restoreSteps } from "../restoreSteps";
import { ScalewayApi } from "../scalewayApi";
import { copyDatabase } from "./copyDatabase";
import { describeCounts, differences } from "./counts";
import { connected, Counts, countRows } from "./postgres";
import { Refused } from "./refused";
import type { SourceDatabase } from "./source";
import { sourceProblems } from "./sourceProblems";
import type { Target } from "./target";
import { upgrade } from "./upgrade";

const DAY = 24 * 3_600_000;

/** A copy of the former database beside the environment's own: everything is done to it that can fail. */
export class DatabaseCopy {
  private readonly copy: ManagedDatabase;
  private readonly own: ManagedDatabase;

  constructor(
    private readonly source: SourceDatabase,
    private readonly target: Target,
    api = new ScalewayApi(process.env),
  ) {
    const { deployed } = target;
    this.own = new ManagedDatabase(api, deployed);
    this.copy = new ManagedDatabase(api, {
      ...deployed,
      databaseName: `${deployed.databaseName}-migration`,
    });
  }

  /** Rehearses, and with `apply` lets the copy take the place of the environment's database. */
  async migrate(apply: boolean): Promise<void> {
    this.address();
    const problems = await connected(this.source.address, (client) =>
      sourceProblems(client, apply),
    );
    if (problems.length > 0) throw new Refused(problems);
    await this.remove();
    await step(`Making the database ${this.name} for a copy`, () => this.make());
    try {
      const { copied, upgraded } = await this.fill();
      process.stdout.write(`${describeCounts(copied, upgraded)}\n`);
      if (apply) await this.takePlace();
    } finally {
      await step(`Deleting the database ${this.name}`, () => this.remove());
    }
  }

  private get name(): string {
    return this.copy.deployed.databaseName;
  }

  private address() {
    return this.target.address(this.name);
  }

  private async make(): Promise<void> {
    await this.copy.create();
    await this.copy.open();
  }

  private async remove(): Promise<void> {
    if (await this.copy.exists()) await this.copy.drop();
  }

  /** Copies and compares, then upgrades and encrypts anew. */
  private async fill(): Promise<{ copied: Counts; upgraded: Counts }> {
    const { source, target } = this;
    const address = this.address();
    const count = () => connected(address, countRows);
    const copied = await step("Copying the database", () => copyDatabase(source.address, address));
    const different = differences(copied, await count());
    if (different.length > 0) throw new Error(`Not all rows were copied:\n${different.join("\n")}`);
    say(`All ${Object.keys(copied).length} tables have the same number of rows on both sides`);
    await step("Upgrading the copy's schema, and encrypting its secrets with the new key", () =>
      upgrade(target.image, target.variablesFor(this.name, source.fernetKeys)),
    );
    return { copied, upgraded: await count() };
  }

  /** By way of a backup, as Scaleway renames no database; what was there is kept as a backup, too. */
  private async takePlace(): Promise<void> {
    const now = new Date();
    const name = `migration-${now.toISOString().slice(0, 19)}`;
    const expires = new Date(now.getTime() + 30 * DAY);
    const backup = await step<DatabaseBackup>(`Making the backup ${name} of the copy`, () =>
      this.copy.makeBackup(name, expires),
    );
    for (const [what, work] of await restoreSteps(this.own, backup)) await step(what, work);
  }
}
