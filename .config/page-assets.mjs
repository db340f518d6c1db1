// The style and the program of the pages that glsa writes, each as one text.
import { build } from "esbuild";

const shared = {
  bundle: true,
  write: false,
  minify: true,
  target: ["chrome120", "firefox121", "safari17"],
  logLevel: "warning",
};

/** @returns {Promise<Record<string, string>>} by the names under which src/page/assets.ts asks for them */
export async function pageAssets() {
  const style = await build({ ...shared, entryPoints: ["src/page/style/page.css"] });
  const program = await build({
    ...shared,
    entryPoints: ["src/page/client/main.ts"],
    platform: "browser",
    format: "iife",
  });
  return {
    GLSA_PAGE_STYLE: style.outputFiles[0].text.trim(),
    GLSA_PAGE_PROGRAM: program.outputFiles[0].text.trim(),
  };
}
