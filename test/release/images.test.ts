import { existsSync, readdirSync, readFileSync } from "node:fs";
import { codeBlocks } from "../support/code-blocks";

const FOLDER = "examples/images";
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".Dockerfile"));

test("the images read the provider from where the page about installing says", () => {
  const settings = readFileSync(`${FOLDER}/engine.tfrc`, "utf8");
  expect(codeBlocks("docs/install.md", "hcl")).toContain(settings);
});

test.each(FILES)(
  "%s takes only what a release or this repository holds, and ends as no root",
  (name) => {
    const lines = readFileSync(`${FOLDER}/${name}`, "utf8").trimEnd().split("\n");
    const copied = lines.flatMap((line) => /^COPY (?!--from=tofu)(.+) \S+$/.exec(line)?.[1] ?? []);
    expect(copied).toEqual(["--from=release mirror", `${FOLDER}/engine.tfrc`]);
    expect(existsSync(`${FOLDER}/engine.tfrc`)).toBe(true);
    expect(lines.at(-1)).toMatch(/^USER (?!root|0)\w+$/);
    expect(lines[0]).toContain(name);
  },
);

test("the page about installing names every image", () => {
  const page = readFileSync("docs/install.md", "utf8");
  expect(FILES.filter((name) => !page.includes(name))).toEqual([]);
});
