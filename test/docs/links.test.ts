import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import MarkdownIt from "markdown-it";

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join("docs", path)),
];

const markdown = new MarkdownIt({ html: true });

/** The targets of a page's links, other sites left out. */
function linksOf(page: string): string[] {
  return markdown
    .parse(readFileSync(page, "utf8"), {})
    .flatMap(({ children }) => children ?? [])
    .map((token) => token.attrGet("href") ?? "")
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

/** The anchors of a page's headings, as GitLab and GitHub make them, and those that it sets itself. */
function anchorsOf(page: string): Set<string> {
  const text = readFileSync(page, "utf8");
  const counts = new Map<string, number>();
  const slugs = headingsOf(text).map((heading) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-");
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  const own = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? "");
  return new Set([...slugs, ...own]);
}

function headingsOf(text: string): string[] {
  const tokens = markdown.parse(text, {});
  return tokens
    .filter((_, index) => tokens[index - 1]?.type === "heading_open")
    .map(({ children }) => (children ?? []).map(({ content }) => content).join(""));
}

function isBroken(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : normalize(join(dirname(page), path));
  if (!existsSync(file)) return true;
  return anchor !== undefined && file.endsWith(".md") && !anchorsOf(file).has(anchor);
}

test.each(PAGES)("the links of %s lead somewhere", (page) => {
  expect(linksOf(page).filter((target) => isBroken(page, target))).toEqual([]);
});

test("the index names every page", () => {
  const index = readFileSync("docs/README.md", "utf8");
  const pages = PAGES.filter((page) => /^docs\/(?!README)/.test(page));
  expect(pages.filter((page) => !index.includes(page.replace("docs/", "")))).toEqual([]);
});
