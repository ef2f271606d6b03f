import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Inputs or outputs of a resource, secrets in plain text; what is not known yet is `unknownValue`. */
export type Properties = Record<string, unknown>;

/** Stands for a value that is known only once the update runs: a constant of Pulumi's wire protocol. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks an output as secret on the wire. */
export function secret(value: string): Properties {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** An input that is refused, and why. */
export interface Failure {
  property: string;
  reason: string;
}

/** What a creation or an update may know and do besides its inputs. */
export interface Action {
  preview: boolean;
  /** Shows a line of progress next to the resource. */
  report: (line: string) => void;
  /** Ends when the user cancels. */
  signal: AbortSignal;
}

/** A type of resource that needs no call to be deleted, and whose state is never refreshed. */
export interface ResourceType {
  /** Completes the inputs of the program, or refuses them. */
  check(inputs: Properties): { inputs: Properties; failures: Failure[] };
  /** Which inputs differ in a way that matters. */
  diff(olds: Properties, news: Properties): { changed: string[]; replace: boolean };
  /** Makes the resource, or makes it anew. */
  create(inputs: Properties, action: Action): Promise<{ id: string; outputs: Properties }>;
}

/** Put in by the bundler: the version of the official provider's npm package. */
declare const STAND_IN_VERSION: string;

const engineCheckInterval = 30_000;
const engineAnswerLimit = 5_000;

/** Serves a provider to the Pulumi engine, which gives its address as the last argument, after those about logging. */
export function serve(name: string, types: Record<string, ResourceType>): void {
  const address = process.argv.slice(2).at(-1);
  if (!address) {
    console.error(
      `A stand-in for the Pulumi provider "${name}" ${STAND_IN_VERSION}, started by the Pulumi engine only.`,
    );
    process.exit(1);
  }
  const engine = new EngineClient(address, grpc.credentials.createInsecure());
  endWith(engine);
  const server = new grpc.Server();
  server.addService(ResourceProviderService, handlers(types, engine));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(String(port));
  });
}

/** Ends this process when the engine, which may have been killed, does not answer any more. */
function endWith(engine: EngineClient): void {
  setInterval(() => {
    engine.waitForReady(Date.now() + engineAnswerLimit, (gone) => gone && process.exit());
  }, engineCheckInterval);
}

function handlers(
  types: Record<string, ResourceType>,
  engine: EngineClient,
): grpc.UntypedServiceImplementation {
  const cancelled = new AbortController();

  const typeOf = (urn: string): ResourceType => {
    const token = urn.split("::")[2]?.split("$").pop() ?? "";
    const type = types[token];
    if (!type) throw new Error(`${token} is not among the resources of this stand-in provider`);
    return type;
  };
  const actionFor = (urn: string, preview: boolean): Action => ({
    preview,
    signal: cancelled.signal,
    report: lineReporter(engine, urn),
  });

  return {
    configure: unary(async () => new messages.ConfigureResponse().setSupportspreview(true)),
    getPluginInfo: unary(async () => new PluginInfo().setVersion(STAND_IN_VERSION)),
    check: unary(async (request: messages.CheckRequest) => {
      const { inputs, failures } = typeOf(request.getUrn()).check(fromStruct(request.getNews()));
      return new messages.CheckResponse()
        .setInputs(toStruct(inputs))
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new messages.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    }),
    diff: unary(async (request: messages.DiffRequest) => {
      const [olds, news] = [fromStruct(request.getOldInputs()), fromStruct(request.getNews())];
      const { changed, replace } = typeOf(request.getUrn()).diff(olds, news);
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      return new messages.DiffResponse()
        .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList(changed)
        .setReplacesList(replace ? changed : []);
    }),
    create: unary(async (request: messages.CreateRequest) => {
      const action = actionFor(request.getUrn(), request.getPreview());
      const { id, outputs } = await typeOf(request.getUrn()).create(
        fromStruct(request.getProperties()),
        action,
      );
      return new messages.CreateResponse()
        .setId(request.getPreview() ? "" : id)
        .setProperties(toStruct(outputs));
    }),
    update: unary(async (request: messages.UpdateRequest) => {
      const action = actionFor(request.getUrn(), request.getPreview());
      const { outputs } = await typeOf(request.getUrn()).create(
        fromStruct(request.getNews()),
        action,
      );
      return new messages.UpdateResponse().setProperties(toStruct(outputs));
    }),
    read: unary(async (request: messages.ReadRequest) =>
      new messages.ReadResponse()
        .setId(request.getId())
        .setInputs(request.getInputs())
        .setProperties(request.getProperties()),
    ),
    delete: unary(async () => new Empty()),
    cancel: unary(async () => {
      cancelled.abort();
      return new Empty();
    }),
  };
}

/** Sends lines one after another, so that they are shown in their order. */
function lineReporter(engine: EngineClient, urn: string): (line: string) => void {
  let sent = Promise.resolve();
  return (line) => {
    if (line.trim() === "") return;
    const request = new LogRequest().setSeverity(LogSeverity.INFO).setUrn(urn).setEphemeral(true);
    request.setMessage(line);
    sent = sent.then(() => new Promise((done) => engine.log(request, () => done())));
  };
}

/** Answers a call with what `handle` gives, or with the message of its error. */
function unary<Request, Response>(
  handle: (request: Request) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    handle(call.request).then(
      (response) => callback(null, response),
      (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
    );
  };
}

function fromStruct(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

/** JSON leaves out what is undefined, for which the wire has no form. */
function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(
    JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>,
  );
}
