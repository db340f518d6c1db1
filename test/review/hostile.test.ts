import fc from "fast-check";
import MarkdownIt from "markdown-it";
import type { Review } from "../../src/review/review";
import { formatted, FORMATS, reviewMarkdown, stacksMarkdown } from "../../src/review/outputs";
import { change, emptyReview } from "./sample";

const HIDDEN = /(?!\n|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const OPTIONS = { file: "plan.json", columns: 60 };

/** As GitLab and GitHub read it, and rather more eager: bare domains become links too. */
const markdown = new MarkdownIt({ html: true, linkify: true });

/** Names that mean something to somebody who shows them. */
const SNIPPETS = [
  "@all",
  "@octocat",
  "#1",
  "!2",
  "~label",
  '~"two words"',
  "%milestone",
  "$12",
  "&3",
  "*iteration:4",
  "[vulnerability:5]",
  "platform/charts#6",
  "GH-7",
  "JIRA-8",
  "deadbeef12",
  "[link](https://evil.example)",
  "![image](https://evil.example/x.png)",
  "https://evil.example",
  "www.evil.example",
  "evil.example",
  "me@evil.example",
  "<https://evil.example>",
  "<img src=x onerror=alert(1)>",
  "</details><script>",
  "<!-- x -->",
  "`",
  "``",
  "```",
  "~~~",
  "|",
  "\\|",
  "\\",
  "**",
  "__init__",
  "~~",
  "- item",
  "1. item",
  "# heading",
  "> quote",
  "---",
  "\n/approve\n",
  "/merge",
  ":tada:",
  "{+ add +}",
  "[^1]",
  "[[_TOC_]]",
  "$`a^2`$",
  "\u001b[31m",
  "\u001b]8;;https://evil.example\u0007",
  "section_start:1700000000:evil[collapsed=true]\r\u001b[0K",
  "##[error]",
  "##vso[task.complete]",
  "::error::",
  "\n::set-output name=x::y",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u200f",
  "\ufeff",
  "\u{e0041}",
  "\ud800",
  "x".repeat(10_240),
];

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...SNIPPETS),
      fc.constantFrom(" ", "-", "(", ")", '"', "a", ".", ":", "\t"),
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(""));

/** The same hostile text wherever a review holds any. */
function reviewOf(name: string): Review {
  const texts = { address: name, summary: name, from: name, to: name, details: [name, name] };
  return emptyReview({
    accounts: [
      {
        account: name,
        owner: name,
        changes: [
          change("role-raised", "gains", name, texts),
          change("rotation", "routine", name, texts),
        ],
      },
    ],
    findings: [
      {
        rule: "max-role",
        severity: "error",
        object: name,
        address: name,
        attribute: null,
        detail: name,
        remedy: name,
      },
    ],
    remarks: [name],
  });
}

test("a name that ends with a colon makes no command with what follows it", () => {
  const text = formatted(reviewOf(`${"x".repeat(200)} :`), "text", OPTIONS);
  expect(text.split("\n").filter((line) => /^\s*::/.test(line))).toEqual([]);
});

test.each(FORMATS)("%s shows no hidden character and no command of a log", (format) => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const text = formatted(reviewOf(name), format, OPTIONS);
      expect(text).not.toMatch(HIDDEN);
      expect(text).not.toMatch(/section_(start|end):|##\w*\[/);
      expect(text.split("\n").filter((line) => /^\s*::/.test(line))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test.each(["json", "code-quality", "sarif"] as const)("%s stays JSON", (format) => {
  fc.assert(
    fc.property(hostileText, (name) => {
      JSON.parse(formatted(reviewOf(name), format, OPTIONS));
    }),
  );
});

test("JSON keeps every name whole", () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      const parsed = JSON.parse(formatted(reviewOf(name), "json", OPTIONS)) as Review;
      expect(parsed.accounts[0]?.account).toBe(name);
    }),
  );
});

const OUR_ELEMENTS = new Set([
  ..."h3 p strong ul li br sub code details summary table thead tbody tr th td"
    .split(" ")
    .flatMap((tag) => [tag, `/${tag}`]),
  // How columns are aligned.
  ...["left", "right"].flatMap((side) =>
    ["th", "td"].map((tag) => `${tag} style="text-align:${side}"`),
  ),
  "details open",
]);

/** The elements that are closed in another order than they were opened, or not at all. */
function unclosed(tags: readonly string[]): string[] {
  const open: string[] = [];
  for (const tag of tags) {
    if (tag.startsWith("br")) continue;
    if (!tag.startsWith("/")) open.push(tag.split(" ")[0] ?? "");
    else if (open.at(-1) === tag.slice(1)) open.pop();
    else return [...open, tag];
  }
  return open;
}

describe("Markdown", () => {
  test("of several stacks has no element but its own, whatever they and their names are", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        fc.pre(!name.includes("\ud800"));
        const stacks = [
          { name, review: reviewOf(name) },
          { name: "safe", review: emptyReview() },
        ];
        const html = markdown.render(stacksMarkdown(stacks));
        const tags = [...html.matchAll(/<([^>]*)>/g)].map(([, tag = ""]) => tag);
        expect(tags.filter((tag) => !OUR_ELEMENTS.has(tag.replace(/ ?\/$/, "")))).toEqual([]);
        expect(unclosed(tags)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("has a table of as many cells in each row, whatever the names are", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const html = markdown.render(reviewMarkdown(reviewOf(name)));
        const rows = [...html.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row = ""]) => row);
        expect(rows.map((row) => row.match(/<t[hd]/g)?.length)).toEqual([6, 6]);
      }),
      { numRuns: 300 },
    );
  });

  test("has no element but its own, and no attribute, whatever the names are", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const html = markdown.render(reviewMarkdown(reviewOf(name), { title: name }));
        const tags = [...html.matchAll(/<([^>]*)>/g)].map(([, tag = ""]) => tag);
        expect(tags.filter((tag) => !OUR_ELEMENTS.has(tag.replace(/ ?\/$/, "")))).toEqual([]);
        expect(unclosed(tags)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("opens and closes as many elements for hostile names as for plain ones", () => {
    const shape = (name: string) =>
      markdown
        .render(reviewMarkdown(reviewOf(name), { title: name }))
        .replace(/<\/?code>/g, "")
        .match(/<[^>]*>/g);
    const plain = shape("plain");
    fc.assert(
      fc.property(hostileText, (name) => {
        // Where a text is blank, a sentence is shorter by an element.
        fc.pre(name.trim() !== "");
        expect(shape(name)).toEqual(plain);
      }),
      { numRuns: 1000 },
    );
  });

  test("has names outside of code only where they are plain words", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const html = markdown.render(reviewMarkdown(reviewOf(name), { title: name }));
        const prose = html.replace(/<code>[^<]*<\/code>/g, "").replace(/<[^>]*>/g, " ");
        expect(prose).not.toMatch(/[@#!~%$&*[\]{}\\`|^](?!quot;)\w/);
        expect(prose).not.toMatch(/\/\/|www\.|\b[0-9a-f]{7,}\b|\b[A-Z]+-\d|:\w+:/i);
      }),
      { numRuns: 1000 },
    );
  });

  test("has no line that begins with a quick action", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const text = reviewMarkdown(reviewOf(name), { title: name });
        expect(text.split("\n").filter((line) => /^\s*\//.test(line))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

test.each(["text", "markdown", "code-quality", "sarif"] as const)(
  "%s shortens a name of 10 KB",
  (format) => {
    const text = formatted(reviewOf("x".repeat(10_240)), format, OPTIONS);
    expect(text).not.toContain("x".repeat(301));
    expect(text).toMatch(/more\s+characters/);
  },
);
