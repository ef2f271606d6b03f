import { join } from "node:path";
import { requiredVersion } from "../../tools/goModule";

const tools = join(__dirname, "../../tools");
const provider = "github.com/scaleway/terraform-provider-scaleway/v2";

it("builds the Scaleway provider for Terraform in the version that is bridged to Pulumi", () => {
  const bridged = requiredVersion(join(tools, "scaleway-provider"), provider);
  expect(requiredVersion(join(tools, "terraform", "provider"), provider)).toBe(bridged);
});

it("says which go.mod lacks a module", () => {
  expect(() => requiredVersion(join(tools, "pulumi"), provider)).toThrow(
    /pulumi\/go\.mod does not require github\.com\/scaleway/,
  );
});
