import * as pulumi from "@pulumi/pulumi";

/** A resource that a program registered, as the engine would see it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Name of the parent, or undefined for the stack. */
  readonly parent?: string;
  readonly protect: boolean;
  readonly ignoreChanges: string[];
  readonly replaceOnChanges: string[];
  readonly deletedWith?: string;
  readonly dependencies: string[];
  /** What the program passed, with every secret replaced by `{ secret: value }`. */
  readonly inputs: Record<string, unknown>;
}

type Answers = Record<string, Record<string, unknown>>;
type Calls = (args: pulumi.runtime.MockCallArgs) => Record<string, unknown>;

/** What a fresh Scaleway would answer for the properties that the components read. */
function answer({ type, name, inputs }: pulumi.runtime.MockResourceArgs): Record<string, unknown> {
  switch (type) {
    case "docker:index/image:Image":
      return { repoDigest: `${String(inputs.imageName).replace(/:[^:/]*$/, "")}@sha256:0` };
    case "random:index/randomPassword:RandomPassword":
      return { result: name.endsWith("-owner") ? "mark" : `Pw/${name}!` };
    case "scaleway:containers/container:Container":
      return { publicEndpoint: `https://${inputs.name}.example`, status: "ready" };
    case "scaleway:databases/instance:Instance":
      return {
        privateNetwork: { ip: "172.16.4.2", port: 5432, enableIpam: true },
        certificate: "the server's certificate",
      };
    case "scaleway:iam/apiKey:ApiKey":
      return { accessKey: "SCWLOGS", secretKey: "log-secret" };
    case "scaleway:object/bucket:Bucket":
      return { projectId: inputs.projectId ?? "project-1", region: "fr-par" };
    case "scaleway:registry/namespace:Namespace":
      return { endpoint: `rg.fr-par.scw.cloud/${inputs.name}` };
    default:
      return {};
  }
}

/** Runs `program` against a mocked engine; gives its result and all resources. `answers` overrides the mock, by name; `calls` answers data sources. */
export async function record<T>(
  program: () => T,
  answers: Answers = {},
  calls: Calls = ({ inputs }) => inputs,
  preview = false,
): Promise<{ result: T; resources: Registered[] }> {
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => ({
        id: args.custom ? `${args.name}-id` : undefined,
        state: { ...args.inputs, ...answer(args), ...answers[args.name] },
      }),
      call: async (args) => calls(args),
    },
    "airflow",
    "preprod",
    preview,
  );
  const resources = watchRegistrations();
  const result = program();
  await pulumi.runtime.disconnect();
  return { result, resources };
}

function watchRegistrations(): Registered[] {
  const resources: Registered[] = [];
  const monitor: any = pulumi.runtime.getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: any, callback: unknown) => {
    resources.push(registered(request));
    return register(request, callback);
  };
  return resources;
}

function registered(request: any): Registered {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: nameOf(request.getParent()),
    protect: request.getProtect() ?? false,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    deletedWith: nameOf(request.getDeletedwith()),
    dependencies: request.getDependenciesList().map(nameOf),
    inputs: readable(request.getObject().toJavaScript()) as Record<string, unknown>,
  };
}

function nameOf(urn: string): string | undefined {
  return urn ? urn.split("::").pop() : undefined;
}

/** Pulumi's wire format marks a secret by this signature. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return { secret: readable((value as { value?: unknown }).value) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

/** The one resource of that name; fails when there is none, or more than one. */
export function named(resources: Registered[], name: string): Registered {
  const found = resources.filter((resource) => resource.name === name);
  if (found.length !== 1) {
    const known = resources.map((resource) => resource.name).join(", ");
    throw new Error(`${found.length} resources are called ${name}; there are: ${known}`);
  }
  return found[0]!;
}

/** The value of an output, and whether it is secret. */
export async function resolved<T>(
  output: pulumi.Output<T>,
): Promise<{ value: T; secret: boolean }> {
  const value = await new Promise<T>((resolve) => output.apply((v) => resolve(v as T)));
  return { value, secret: await pulumi.isSecret(output) };
}
