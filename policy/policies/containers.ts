import { ResourceValidationPolicy } from "@pulumi/policy";
import {
  checkCpu,
  checkLocalStorage,
  checkMemory,
  checkPair,
  checkPort,
  checkTimeout,
} from "../../components/checks/rules/limits/containers";
import { checkPinned } from "../../components/checks/rules/limits/images";
import { checkContainerName } from "../../components/checks/rules/limits/names";
import {
  checkCount,
  checkName,
  checkOpenPassword,
  checkReserved,
  checkValue,
} from "../../components/checks/rules/limits/variables";
import { Finding } from "../../components/checks/problem";
import {
  inputPolicy,
  Inputs,
  inputsIn,
  isStated,
  numberIn,
  ofNumber,
  ofText,
  Violation,
} from "./policy";

const types = ["scaleway:containers/container:Container", "scaleway:index/container:Container"];
const variableTypes = [
  ...types,
  "scaleway:containers/namespace:Namespace",
  "scaleway:index/containerNamespace:ContainerNamespace",
];
const MEGABYTE = 1_000_000;

const size = inputPolicy({
  name: "container-size",
  description: "A container's CPU, memory, disk and time are such as Scaleway gives (C10, L1, L2).",
  enforcementLevel: "mandatory",
  types,
  check: (inputs) => [
    ofNumber(inputs, "cpuLimit", checkCpu),
    ofBytes(inputs, "memoryLimitBytes", checkMemory),
    ofNumber(inputs, "memoryLimit", checkMemory),
    ...pair(inputs),
    ofBytes(inputs, "localStorageLimitBytes", checkLocalStorage),
    ofNumber(inputs, "localStorageLimit", checkLocalStorage),
    ofNumber(inputs, "timeout", checkTimeout),
  ],
});

function ofBytes(
  inputs: Inputs,
  input: string,
  check: (megabytes: number) => Finding | undefined,
): Violation {
  return ofNumber(inputs, input, (bytes) => inBytes(check(bytes / MEGABYTE)));
}

function inBytes(finding: Finding | undefined): Finding | undefined {
  if (finding?.fix === undefined) return finding;
  return { ...finding, fix: String(Number(finding.fix) * MEGABYTE) };
}

function pair(inputs: Inputs): Violation[] {
  const cpu = numberIn(inputs, "cpuLimit");
  const bytes = numberIn(inputs, "memoryLimitBytes");
  if (cpu === undefined || bytes === undefined) return [];
  const memory = bytes / MEGABYTE;
  if (checkCpu(cpu) || checkMemory(memory)) return [];
  return [{ input: "memoryLimitBytes", finding: inBytes(checkPair(cpu, memory)) }];
}

const name = inputPolicy({
  name: "container-name",
  description:
    "A container's name fits in its address; with a bad one nothing runs any more (C14).",
  enforcementLevel: "mandatory",
  types,
  check: (inputs) => [ofText(inputs, "name", checkContainerName)],
});

const port = inputPolicy({
  name: "container-port",
  description: "A container listens on a port that Scaleway does not use itself (C9).",
  enforcementLevel: "mandatory",
  types,
  check: (inputs) => [ofNumber(inputs, "port", checkPort)],
});

const variables = inputPolicy({
  name: "container-variables",
  description: "A container's variables have names and values that Scaleway takes (C8, C9).",
  enforcementLevel: "mandatory",
  types: variableTypes,
  check: (inputs) => [
    ...ofVariables(inputs, "environmentVariables", (text) => checkValue(text, false)),
    ...ofVariables(inputs, "secretEnvironmentVariables", (text) => checkValue(text, true)),
  ],
});

function ofVariables(
  inputs: Inputs,
  input: string,
  check: (value: string) => Finding | undefined,
): Violation[] {
  const all = inputsIn(inputs, input);
  return [
    { input, finding: checkCount(Object.keys(all).length) },
    ...Object.keys(all).flatMap((key) => [
      { input: `${input}.${key}`, finding: checkReserved(key) ?? checkName(key) },
      { ...ofText(all, key, check), input: `${input}.${key}` },
    ]),
  ];
}

const openPassword = inputPolicy({
  name: "container-open-password",
  description: "A password in an address is a secret variable (P1).",
  enforcementLevel: "advisory",
  types: variableTypes,
  check: (inputs) => {
    const all = inputsIn(inputs, "environmentVariables");
    return Object.keys(all).map((key) => ({
      ...ofText(all, key, checkOpenPassword),
      input: `environmentVariables.${key}`,
    }));
  },
});

const healthCheck = inputPolicy({
  name: "container-health-check",
  description: "healthChecks crashes the provider (C2).",
  enforcementLevel: "mandatory",
  types,
  check: (inputs) => {
    if (!isStated(inputs, "healthChecks")) return [];
    const message = "crashes the provider when the container is created";
    const fix = "livenessProbe, and startupProbe for the time that it takes to start";
    return [{ input: "healthChecks", finding: { message, fix } }];
  },
});

const replacements = {
  deploy: undefined,
  registryImage: "image",
  memoryLimit: "memoryLimitBytes",
  localStorageLimit: "localStorageLimitBytes",
  httpOption: "httpsConnectionsOnly",
};

const deprecated = inputPolicy({
  name: "container-deprecated-inputs",
  description: "Inputs that have no effect or will be gone (C4).",
  enforcementLevel: "advisory",
  types,
  check: (inputs) =>
    Object.entries(replacements)
      .filter(([input]) => isStated(inputs, input))
      .map(([input, fix]) => ({
        input,
        finding: { message: fix ? "is deprecated" : "has no effect any more; leave it out", fix },
      })),
});

const privacy = inputPolicy({
  name: "container-privacy",
  description: "A container is public unless it is said to be private (C14).",
  // Whether the program said so is not told: the provider has filled in its default by then.
  enforcementLevel: "advisory",
  types,
  check: (inputs, urn) => {
    if (urn.includes(OWN_CONTAINER)) return [];
    return isStated(inputs, "privacy")
      ? [ofText(inputs, "privacy", openToAll)]
      : [{ input: "privacy", finding: openToAll("public") }];
  },
});

/** `AirflowContainer` states the privacy of each role. */
const OWN_CONTAINER = "pulumi-scaleway-airflow:index:AirflowContainer$";

function openToAll(value: string): Finding | undefined {
  if (value !== "public") return undefined;
  return {
    message: "anyone reaches this container without a token; public is also the default",
    fix: '"private", unless that is meant',
  };
}

const image = inputPolicy({
  name: "container-image",
  description:
    "An image is named by version or digest: a new one under the same tag is not deployed (C5).",
  enforcementLevel: "advisory",
  types,
  check: (inputs) => [ofText(inputs, "image", checkPinned)],
});

/** What containers and their namespaces are held to. */
export const containerPolicies: readonly ResourceValidationPolicy[] = [
  size,
  name,
  port,
  variables,
  openPassword,
  healthCheck,
  deprecated,
  privacy,
  image,
];
