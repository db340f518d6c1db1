import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { registryPages } from "../docs/registry-pages";

/** Pages beside `docs/` that its pages link to. */
const BESIDE = ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

/** The pages of the site: `docs/`, what is beside it, and one page for each type, in one folder. */
export function assemble(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = readdirSync("docs", { recursive: true, encoding: "utf8" });
  for (const name of names.filter((each) => each.endsWith(".md"))) {
    write(folder, name === "README.md" ? "index.md" : name, inSite(`docs/${name}`));
  }
  for (const name of BESIDE) write(folder, name, inSite(name));
  for (const [path, text] of Object.entries(registryPages())) {
    if (!path.startsWith("guides/")) {
      write(
        folder,
        `registry/${path}`,
        text.replaceAll("](guides/", "](../").replaceAll("](../guides/", "](../../"),
      );
    }
  }
  // Shown ones are found beside the pages, linked ones are served as they are.
  for (const place of ["pictures", "public/pictures"]) {
    cpSync(PICTURES, join(folder, place), { recursive: true });
  }
  cpSync("docs/llms.txt", join(folder, "public/llms.txt"));
}

function write(folder: string, path: string, text: string): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** Pages show and link to them. */
const PICTURES = "docs/pictures";

const LINK = /\[([^\]]*)\]\(([^)\s#:]+)(#[^)\s]*)?\)/g;

/** A page with its links as they are in the site; what is not there leaves its words alone. */
function inSite(page: string): string {
  const text = readFileSync(page, "utf8");
  return text.replace(LINK, (whole: string, words: string, path: string, anchor = "") => {
    const target = normalize(join(dirname(page), path));
    if (target.startsWith(`${PICTURES}/`) && existsSync(target)) return whole;
    if (!target.endsWith(".md") || !existsSync(target)) return words;
    const from = dirname(page.replace(/^docs\//, ""));
    const to = target.replace(/^docs\//, "").replace(/^README\.md$/, "index.md");
    if (!target.startsWith("docs/") && !BESIDE.includes(target)) return words;
    const link = relative(from, to);
    return `[${words}](${link.startsWith(".") ? link : `./${link}`}${anchor})`;
  });
}
