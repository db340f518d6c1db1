import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { brokenLinks, type Site } from "../docs/links";

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

test("the pages in the package link to what is in the package", () => {
  const listed = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files } = { files: [] }] = JSON.parse(listed) as Packed[];
  const paths = files.map(({ path }) => path);
  const isThere = (path: string) =>
    paths.some((each) => each === path || each.startsWith(`${path.replace(/\/$/, "")}/`));
  const site: Site = { has: isThere, read: (path) => readFileSync(path, "utf8") };
  const pages = paths.filter((path) => /^(docs\/.*|[A-Z]+)\.md$/.test(path));

  expect(paths).toContain("docs/llms.txt");
  expect(pages.length).toBeGreaterThan(40);
  const broken = pages.flatMap((page) =>
    brokenLinks(site, page).map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});
