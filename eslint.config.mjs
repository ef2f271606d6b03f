import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

const outputInTemplate = Object.keys(pulumi.rules).filter((rule) => rule.includes("template"));

export default tseslint.config(
  { ignores: ["dist/", "**/*.js", "**/*.mjs"] },
  ...tseslint.configs.recommended,
  {
    files: ["index.ts", "settings.ts", "promotion.ts", "components/**"],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "@pulumi": pulumi },
    rules: Object.fromEntries(outputInTemplate.map((rule) => [`@pulumi/${rule}`, "error"])),
  },
  {
    // The mocks read Pulumi's wire messages, which have no public types.
    files: ["test/**"],
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
);
