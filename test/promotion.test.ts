import { output } from "@pulumi/pulumi";
import { imagesToDeploy, testedImages } from "../promotion";
import { record, resolved } from "./mocks";

const image = (role: string) => `rg.fr-par.scw.cloud/lvao/${role}@sha256:${"0".repeat(64)}`;
const images = { webserver: image("webserver"), scheduler: image("scheduler") };

async function promoted(named: { webserver?: string; scheduler?: string }) {
  const { result, resources } = await record(
    () => imagesToDeploy({ fromStack: "preprod", ...named }, "abc"),
    { preprod: { outputs: { images, commit: "abc" }, secretOutputNames: [] } },
  );
  return { resources, images: (await resolved(output(result))).value };
}

test("what the other stack runs is deployed", async () => {
  expect((await promoted({})).images).toEqual(images);
});

test("an image that is named wins, and with both named the other stack is not asked", async () => {
  const webserver = image("own");
  expect((await promoted({ webserver })).images).toEqual({ ...images, webserver });
  const both = { webserver, scheduler: image("other") };
  expect(await promoted(both)).toEqual({ resources: [], images: both });
});

test("by hand, it does not matter from which commit they are", () => {
  expect(testedImages("preprod", { images, commit: "abc" }, undefined)).toEqual(images);
});

test.each([
  ["another commit", { images, commit: "def" }, "this is commit abc, .* runs commit def"],
  ["what somebody deployed by hand", { images, commit: "" }, "runs what was deployed by hand"],
  ["nothing yet", {}, 'has no output "images"'],
])("a commit is not deployed while the other stack runs %s", (_what, deployed, said) => {
  expect(() => testedImages("preprod", deployed, "abc")).toThrow(new RegExp(said));
});
