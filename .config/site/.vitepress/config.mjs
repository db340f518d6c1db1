import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

const { GLSA_VERSION = "", GLSA_SITE_BASE = "/", GLSA_SITE_OUT } = process.env;

/** The tables of docs/README.md are the order of the pages. */
function sidebar() {
  const [, ...sections] = readFileSync("pages/index.md", "utf8").split(/^## /m);
  return sections.map((section) => {
    const [text, ...rows] = section.split("\n");
    const links = rows.flatMap((row) => [...row.matchAll(/\[([^\]]+)\]\(([\w./-]+)\.md\)/g)]);
    const items = links.map(([, title, path]) => ({
      text: capitalised(title.replaceAll("`", "")),
      link: `/${path.replace(/^README$/, "index")}`,
    }));
    return { text, items, collapsed: false };
  });
}

/** One page for each type, by kind. */
function reference() {
  const folders = readdirSync("pages/registry", { withFileTypes: true });
  return folders
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      text: capitalised(name.replaceAll("-", " ")),
      collapsed: true,
      items: readdirSync(`pages/registry/${name}`).map((file) => ({
        text: `glsa_${file.replace(".md", "")}`,
        link: `/registry/${name}/${file.replace(".md", "")}`,
      })),
    }));
}

/** @param {string} text */
function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export default defineConfig({
  title: "glsa",
  description: "GitLab service accounts as code",
  srcDir: "pages",
  outDir: GLSA_SITE_OUT,
  base: GLSA_SITE_BASE,
  // No request for an icon that is not there.
  head: [["link", { rel: "icon", href: "data:," }]],
  // The assembled pages link to nothing that is not there.
  ignoreDeadLinks: false,
  markdown: { theme: { light: "github-light", dark: "github-dark" } },
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Quick start", link: "/quick-start" },
      { text: "Reference", link: "/registry/index" },
      { text: "Troubleshooting", link: "/troubleshooting" },
      { text: `Version ${GLSA_VERSION}`, link: "/CHANGELOG" },
    ],
    sidebar: [...sidebar(), ...reference()],
  },
});
