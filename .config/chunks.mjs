// Client libraries of destinations are compressed texts in the executables, which stay one file each: a text costs
// next to nothing until something imports it.
import { basename, dirname } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Makes a text of every `sdk.ts` below src/destinations that something imports dynamically.
 * @param {import("esbuild").BuildOptions} shared
 * @returns {import("esbuild").Plugin}
 */
export function chunks(shared) {
  return {
    name: "chunks",
    setup(builder) {
      /** @type {import("esbuild").Metafile["inputs"]} */
      const inputs = {};
      /** @type {Map<string, Promise<string>>} */
      const made = new Map();
      builder.onResolve({ filter: /^\.\/sdk$/ }, ({ kind, resolveDir }) =>
        kind === "dynamic-import"
          ? { path: `${resolveDir}/sdk.ts`, namespace: "chunk" }
          : undefined,
      );
      builder.onLoad({ filter: /.*/, namespace: "chunk" }, async ({ path }) => {
        const text = made.get(path) ?? textOf(path, shared, inputs);
        made.set(path, text);
        return { contents: loader(basename(dirname(path)), await text) };
      });
      // Their licences are needed as those of everything else.
      builder.onEnd(({ metafile }) => void Object.assign(metafile?.inputs ?? {}, inputs));
    },
  };
}

/**
 * @param {string} path
 * @param {import("esbuild").BuildOptions} shared
 * @param {import("esbuild").Metafile["inputs"]} inputs what is in it is added
 */
async function textOf(path, shared, inputs) {
  const { outputFiles, metafile } = await build({
    ...shared,
    entryPoints: [path],
    write: false,
    // The modules that say what has no side effects: what is not used is left out.
    mainFields: ["module", "main"],
    minify: true,
  });
  Object.assign(inputs, metafile?.inputs);
  return brotliCompressSync(outputFiles?.[0]?.contents ?? "").toString("base64");
}

/**
 * @param {string} name
 * @param {string} text
 */
function loader(name, text) {
  return `
const code = require("node:zlib").brotliDecompressSync(Buffer.from("${text}", "base64")).toString();
new Function("exports", "require", "module", "__filename", "__dirname", code + "\\n//# sourceURL=glsa/${name}.js")(
  exports, require("node:module").createRequire(__filename), module, __filename, __dirname,
);
`;
}
