import * as pulumi from "@pulumi/pulumi";
import { AirflowEnvironment } from "../../components";
import { readAccount, readSettings } from "../../settings";

// As many environments as `bench:environments` says, each as `preprod` but for its name.
const count = new pulumi.Config("bench").requireNumber("environments");
const settings = { ...readSettings(), registrySecretKey: readAccount()?.secretKey };

for (let number = 1; number <= count; number += 1) {
  const environment = `preprod-${number}`;
  new AirflowEnvironment(environment, { ...settings, environment });
}
