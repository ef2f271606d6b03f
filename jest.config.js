const swc = { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, sourceMaps: "inline" };

const common = {
  testEnvironment: "node",
  transform: { "\\.ts$": ["@swc/jest", swc] },
};

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: "100%",
  reporters: ["default", "<rootDir>/test/summaryReporter.js"],
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["\\.(engine|long)\\.test\\.ts$"],
      setupFilesAfterEnv: ["<rootDir>/test/withoutGate.ts"],
    },
    {
      ...common,
      displayName: "engine",
      testMatch: ["<rootDir>/test/**/*.engine.test.ts"],
    },
    {
      ...common,
      displayName: "long",
      testMatch: ["<rootDir>/test/**/*.long.test.ts"],
    },
  ],
};
