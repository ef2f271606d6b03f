import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changedInputs, checkImage } from "../../tools/providers/docker/image";
import { credentialsKey, registryHost, repository } from "../../tools/providers/docker/imageName";
import { unknownValue } from "../../tools/providers/server";

const imageName = "registry.example/team/app:latest";
let context: string;

beforeAll(() => {
  context = mkdtempSync(join(tmpdir(), "image-"));
  writeFileSync(join(context, "Dockerfile"), "FROM scratch");
});
afterAll(() => rmSync(context, { recursive: true }));

describe("the check of an image", () => {
  it("completes the inputs", () => {
    const { inputs, failures } = checkImage({ imageName, build: { context } });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({
      buildOnPreview: false,
      build: {
        context,
        dockerfile: join(context, "Dockerfile"),
        platform: expect.stringMatching(/^linux\//),
        contextDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  it("lets values pass that are not known yet", () => {
    const build = { context, args: { VERSION: unknownValue } };
    const given = { imageName: unknownValue, build, registry: unknownValue };
    expect(checkImage(given).failures).toEqual([]);
  });

  it.each([
    [{}, "imageName", "is required"],
    [{ imageName, color: "red" }, "color", "is not a property of this resource"],
    [
      { imageName, build: { plattform: "x" } },
      "build.plattform",
      "is not a property of this resource",
    ],
    [{ imageName, skipPush: "yes" }, "skipPush", "expected boolean"],
    [{ imageName, build: { context: "/nowhere" } }, "build.context", "there is no folder /nowhere"],
    [{ imageName: "app:latest", skipPush: false }, "imageName", "registry's host"],
  ])("refuses %j", (given, property, reason) => {
    const { failures } = checkImage({ build: { context }, ...given });
    expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
  });

  it("says where the Dockerfile is when its path is taken from the context", () => {
    const { failures } = checkImage({ imageName, build: { context, dockerfile: "Dockerfile" } });
    expect(failures[0]?.reason).toContain(`did you mean ${join(context, "Dockerfile")}?`);
  });
});

describe("a change of an image", () => {
  const registry = { server: "registry.example", username: "me", password: "old" };

  it("is none when only the credentials change", () => {
    expect(changedInputs({ registry }, { registry: { ...registry, password: "new" } })).toEqual([]);
  });

  it("is one when the registry or a build argument changes", () => {
    const olds = { registry, build: { args: { A: "1" } } };
    const news = { registry: { ...registry, server: "other" }, build: { args: { A: "2" } } };
    expect(changedInputs(olds, news)).toEqual(["registry", "build"]);
  });
});

describe("an image's name", () => {
  it("tells its registry and its repository", () => {
    expect(registryHost("127.0.0.1:5000/a/b:1")).toBe("127.0.0.1:5000");
    expect(registryHost("team/app")).toBeUndefined();
    expect(repository("127.0.0.1:5000/a/b:1")).toBe("127.0.0.1:5000/a/b");
    expect(repository("localhost/a@sha256:0")).toBe("localhost/a");
  });

  it("tells under which key Docker keeps the credentials", () => {
    expect(credentialsKey("https://registry.example/team")).toBe("registry.example");
    expect(credentialsKey("docker.io")).toBe("https://index.docker.io/v1/");
  });
});
