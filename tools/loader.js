// What `nodeargs` in Pulumi.yaml loads before the program. Pulumi's own loader checks types at every preview, which is
// what takes most of its time (docs/benchmarks/preview.md); here, `npm run typecheck` does.
"use strict";
const { readFileSync } = require("node:fs");
const Module = require("node:module");
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

Module.enableCompileCache();
// Pulumi loads these with itself, and uses them to serialize functions, for resources that this program does not have.
["@npmcli/arborist", "typescript"].forEach(loadWhenUsed);
// Pulumi asks this library for a position in the sources with each resource. It would read the maps of whole packages.
sourceMaps.install({ retrieveSourceMap: (url) => ({ url, map: maps.get(url) ?? none }) });
// It also keeps a stack for each promise, which nobody reads unless it is told to look for leaks: that one is not mapped.
const { prepareStackTrace } = Error;
Error.prepareStackTrace = (error, frames) =>
  error.message === "" && Error.stackTraceLimit !== Infinity
    ? `Error\n    at ${frames.join("\n    at ")}`
    : prepareStackTrace(error, frames);
require.extensions[".ts"] = (module, filename) => {
  const source = readFileSync(filename, "utf8");
  const { code, map } = transformSync(source, { ...options, filename });
  maps.set(filename, map);
  module._compile(code, filename);
};

/** Puts something in the place of a module that loads it when something of it is used. */
function loadWhenUsed(name) {
  const path = require.resolve(name, { paths: [require.resolve("@pulumi/pulumi")] });
  const inItsPlace = new Module(path);
  inItsPlace.loaded = true;
  inItsPlace.exports = new Proxy(Object.create(null), {
    get(_, key) {
      // With this, compiled imports take nothing out of it at once.
      if (key === "__esModule") return true;
      if (require.cache[path] === inItsPlace) delete require.cache[path];
      return require(path)[key];
    },
  });
  require.cache[path] = inItsPlace;
}
