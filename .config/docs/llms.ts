import { readFileSync } from "node:fs";

/**
 * `llms.txt`: what there is to read and what each page answers, from the tables of docs/README.md.
 * @see https://llmstxt.org
 */
export function llmsText(): string {
  const [, ...sections] = readFileSync("docs/README.md", "utf8").split(/^## /m);
  const { description } = JSON.parse(readFileSync("package.json", "utf8")) as {
    description: string;
  };
  const body = sections.map((section) => {
    const [title = "", ...lines] = section.split("\n");
    return [`## ${title}`, "", ...lines.flatMap(pagesOf), ""].join("\n");
  });
  return ["# glsa", "", `> ${description}`, "", ...body].join("\n");
}

/** A row of a table names one page or several, and what they answer. */
function pagesOf(row: string): string[] {
  const [, names = "", answer = ""] = /^\| (.*?) +\| (.*?) +\|$/.exec(row) ?? [];
  const links = [...names.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)];
  return links.map(
    ([, title = "", path = ""]) => `- [${title.replaceAll("`", "")}](${path}): ${answer}`,
  );
}
