import * as pulumi from "@pulumi/pulumi";
import { UpdateFailed } from "../../../components/pulumi/updateFailed";

async function asInput(failure: Error): Promise<Error> {
  const inputs = { outputs: Promise.reject(failure) };
  return pulumi.runtime.serializeProperties("airflow", inputs).catch((error) => error);
}

test("what ends an update says it without the properties that waited for the value", async () => {
  const failure = await asInput(new UpdateFailed("The DAG fails."));
  expect(failure.message).toBe("The DAG fails.");
  expect(pulumi.RunError.isInstance(failure)).toBe(true);
});

test("which a plain one would not", async () => {
  const failure = await asInput(new pulumi.RunError("The DAG fails."));
  expect(failure.message).toMatch(/^error serializing property "outputs": The DAG fails/);
});
