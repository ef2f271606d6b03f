import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkStackConfig } from "../../../components/checks/stackConfig";
import { stackConfig } from "../../../scripts/check";
import { monthlyCosts } from "../../../scripts/cost";
import { ensureStackFile } from "../../../scripts/pipeline/stackFile";
import { temporaryFolder } from "../../temporaryFolder";

const template = join(__dirname, "../../../Pulumi.pr.yaml");

function projectFolder(): string {
  const folder = temporaryFolder();
  copyFileSync(template, join(folder, "Pulumi.pr.yaml"));
  return folder;
}

test("a pull request's stack starts from the settings of all of them", () => {
  const folder = projectFolder();
  ensureStackFile(folder, "pr-123");
  const copy = readFileSync(join(folder, "Pulumi.pr-123.yaml"), "utf8");
  expect(copy).toBe(readFileSync(template, "utf8"));
});

test("settings of its own are kept", () => {
  const folder = projectFolder();
  const own = join(folder, "Pulumi.pr-123.yaml");
  writeFileSync(own, "config: {}\n");
  ensureStackFile(folder, "pr-123");
  expect(readFileSync(own, "utf8")).toBe("config: {}\n");
});

test.each(["production", "pr-", "pr-1-prod"])("%s needs a stack file of its own", (stack) => {
  const folder = projectFolder();
  expect(() => ensureStackFile(folder, stack)).toThrow(`There is no Pulumi.${stack}.yaml`);
  expect(existsSync(join(folder, `Pulumi.${stack}.yaml`))).toBe(false);
});

test("such an environment is right, unprotected, and costs little more than half of preprod", () => {
  const settingsOf = (file: string, stack: string) =>
    checkStackConfig(stackConfig(file), stack).settings!;
  const cost = (settings: ReturnType<typeof settingsOf>) =>
    monthlyCosts(settings, "any").reduce((sum, { monthly = 0 }) => sum + monthly, 0);
  const settings = settingsOf("pr", "pr-123");
  expect(settings.protect).toBe(false);
  expect(cost(settings)).toBeLessThan(0.55 * cost(settingsOf("preprod", "preprod")));
});
