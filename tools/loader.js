// What `nodeargs` in Pulumi.yaml loads before the program. Pulumi's own loader checks types at every preview, which is
// what takes most of its time (docs/benchmarks/preview.md); here, `npm run typecheck` does.
"use strict";
const { readFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const { transformSync } = require("@swc/core");
const sourceMaps = require("source-map-support");

const options = {
  jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  module: { type: "commonjs" },
  sourceMaps: true,
  swcrc: false,
};
const maps = new Map();

enableCompileCache();
// Pulumi shows stack traces with this library; it knows of no maps but those in files.
sourceMaps.install({
  retrieveSourceMap: (url) => maps.has(url) && { url, map: maps.get(url) },
});
require.extensions[".ts"] = (module, filename) => {
  const source = readFileSync(filename, "utf8");
  const { code, map } = transformSync(source, { ...options, filename });
  maps.set(filename, map);
  module._compile(code, filename);
};
