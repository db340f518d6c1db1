import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { registryPages } from "../../.config/docs/registry-pages";
import { brokenLinks, type Site } from "./links";

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join("docs", path)),
];

/** This repository. */
const HERE: Site = {
  has: existsSync,
  read: (path) => readFileSync(path, "utf8"),
};

test.each(PAGES)("the links of %s lead somewhere", (page) => {
  expect(brokenLinks(HERE, page)).toEqual([]);
});

describe("the pages for registries", () => {
  const pages = registryPages();
  const site: Site = { has: (path) => path in pages, read: (path) => pages[path] ?? "" };

  test("are one for each thing that can be declared, and guides", () => {
    const names = Object.keys(pages).filter((path) => !path.startsWith("guides/"));
    expect(names).toMatchSnapshot();
    expect(Object.keys(pages).length).toBeGreaterThan(names.length + 20);
  });

  test.each(Object.keys(pages))("the links of %s lead somewhere", (page) => {
    expect(brokenLinks(site, page)).toEqual([]);
  });

  test.each(Object.keys(pages))("%s begins with what registries read", (page) => {
    expect(pages[page]).toMatch(/^---\npage_title: ".+"\ndescription: ".+"\n---\n\n(<!--|# )/);
  });
});

test("the index names every page", () => {
  const index = readFileSync("docs/README.md", "utf8");
  const pages = PAGES.filter((page) => /^docs\/(?!README)/.test(page));
  expect(pages.filter((page) => !index.includes(page.replace("docs/", "")))).toEqual([]);
});
