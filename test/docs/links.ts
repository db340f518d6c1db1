import { dirname, join, normalize } from "node:path";
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: true });

/** Pages that link to each other. */
export interface Site {
  has(path: string): boolean;
  read(path: string): string;
}

/** The links of a page that lead nowhere. */
export function brokenLinks(site: Site, page: string): string[] {
  return linksOf(site.read(page)).filter((target) => isBroken(site, page, target));
}

/** The targets of a page's links, other sites left out. */
function linksOf(text: string): string[] {
  return markdown
    .parse(text, {})
    .flatMap(({ children }) => children ?? [])
    .map((token) => token.attrGet("href") ?? "")
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

/** The anchors of a page's headings, as GitLab and GitHub make them, and those that it sets itself. */
function anchorsOf(text: string): Set<string> {
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

function isBroken(site: Site, page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : normalize(join(dirname(page), path));
  if (!site.has(file)) return true;
  return anchor !== undefined && file.endsWith(".md") && !anchorsOf(site.read(file)).has(anchor);
}
