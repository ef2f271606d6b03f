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
const none = JSON.stringify({ version: 3, sources: [], names: [], mappings: "" });

enableCompileCache();
// Pulumi asks this library for a position in the sources with each resource. It would read the maps of whole packages.
sourceMaps.install({ retrieveSourceMap: (url) => ({ url, map: maps.get(url) ?? none }) });
require.extensions[".ts"] = (module, filename) => {
  const source = readFileSync(filename, "utf8");
  const { code, map } = transformSync(source, { ...options, filename });
  maps.set(filename, map);
  module._compile(code, filename);
};
