import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { s3ClientFor } from "../../../scripts/moving/client";

const before = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), "aws-profiles-"));

beforeAll(() => {
  const files = { AWS_CONFIG_FILE: "config", AWS_SHARED_CREDENTIALS_FILE: "credentials" };
  for (const [name, file] of Object.entries(files)) process.env[name] = join(folder, file);
  writeFileSync(process.env.AWS_CONFIG_FILE!, "[profile cellar]\nregion = fr\n");
  writeFileSync(
    process.env.AWS_SHARED_CREDENTIALS_FILE!,
    "[cellar]\naws_access_key_id = of-the-profile\naws_secret_access_key = secret\n",
  );
  process.env.AWS_ACCESS_KEY_ID = "usual";
  process.env.AWS_SECRET_ACCESS_KEY = "secret";
});

afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

const endpoint = "https://s3.example";
const own = { FROM_AWS_ACCESS_KEY_ID: "own", FROM_AWS_SECRET_ACCESS_KEY: "secret" };

test("a profile gives credentials and region", async () => {
  const { config } = s3ClientFor({ endpoint, profile: "cellar" }, "FROM_", own);
  expect((await config.credentials()).accessKeyId).toBe("of-the-profile");
  expect(await config.region()).toBe("fr");
});

test.each([
  ["a side's own variables go before the usual ones", own, "own"],
  ["the usual variables serve where a side has none", {}, "usual"],
])("%s", async (_, env, expected) => {
  const { config } = s3ClientFor({ endpoint, region: "fr-par" }, "FROM_", env);
  expect((await config.credentials()).accessKeyId).toBe(expected);
  expect(await config.region()).toBe("fr-par");
});

test("checksums are sent and asked for only where the operation requires one", async () => {
  const { config } = s3ClientFor({ endpoint, region: "fr-par" }, "FROM_", own);
  expect(await config.requestChecksumCalculation()).toBe("WHEN_REQUIRED");
  expect(await config.responseChecksumValidation()).toBe("WHEN_REQUIRED");
  expect(config.forcePathStyle).toBe(true);
});
