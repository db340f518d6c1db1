import { readFileSync } from "node:fs";
import { posix } from "node:path";
import type { Schema } from "../../src/provider/contract";
import { glsaProvider } from "../../src/resources";
import { version } from "../bundling.mjs";
import { settingsPart } from "./provider-page";

/** The pages that a user of the provider reads; the others are for those who change it. */
const GUIDES: readonly string[] = [
  ...["quick-start", "first-day", "install", "upgrade", "concepts", "constructs", "pulumi"],
  ...["memberships", "rotation", "delivery", "delivery-services", "leak", "testing", "sandbox"],
  ...["workspaces", "policy", "audit", "compliance", "review", "calendar", "pipelines"],
  ...["official-provider", "adopt", "migrate", "cdk-terrain", "troubleshooting", "limits"],
  ...["support", "prove", "doctor"],
];

interface Kind {
  /** As the registry calls the folder. */
  readonly folder: string;
  /** As headings call it. */
  readonly name: string;
  readonly types: Readonly<Record<string, { readonly schema: Schema }>>;
}

/** `docs/` in the form of the registries of Terraform and OpenTofu, by path. */
export function registryPages(): Readonly<Record<string, string>> {
  const provider = glsaProvider(version);
  const kinds: readonly Kind[] = [
    { folder: "resources", name: "Resource", types: provider.resources },
    { folder: "data-sources", name: "Data source", types: provider.dataSources },
    {
      folder: "ephemeral-resources",
      name: "Ephemeral resource",
      types: provider.ephemeralResources ?? {},
    },
    { folder: "list-resources", name: "List resource", types: provider.lists ?? {} },
    { folder: "actions", name: "Action", types: provider.actions ?? {} },
  ];
  const typePages = kinds.flatMap((kind) =>
    Object.entries(kind.types).map(([type, { schema }]) => [
      `${kind.folder}/${type.replace("glsa_", "")}.md`,
      typePage(kind, type, schema),
    ]),
  );
  const guides = GUIDES.map((name) => [`guides/${name}.md`, guide(name)]);
  return Object.fromEntries([
    ["index.md", indexPage(provider.schema)],
    ...typePages,
    ...guides,
  ]) as Record<string, string>;
}

function indexPage(schema: Schema): string {
  return [
    frontMatter("glsa Provider", schema.description),
    "# glsa Provider",
    `The provider's address is \`glsa.internal/glsa/glsa\`; [Install](guides/install.md) says how engines get it, [the quick start](guides/quick-start.md) how to begin.`,
    ...settingsPart("Provider", "provider", schema),
    "",
  ].join("\n\n");
}

function typePage({ name }: Kind, type: string, schema: Schema): string {
  return [
    frontMatter(`${type} ${name} - glsa`, schema.description),
    `# ${type} (${name})`,
    ...settingsPart(name, type, schema),
    "",
  ].join("\n\n");
}

function guide(name: string): string {
  const text = readFileSync(`docs/${name}.md`, "utf8");
  const [, title = name] = /^# (.*)$/m.exec(text) ?? [];
  return `${frontMatter(title)}\n\n${text.replace(LINK, linkInGuide)}`;
}

const LINK = /\[([^\]]*)\]\(([^)\s#:]*)(#[^)\s]*)?\)/g;

/** Where a link of a page in `docs/` leads from the guides; what is not published leaves its words alone. */
function linkInGuide(whole: string, words: string, path: string, anchor = ""): string {
  if (path === "") return whole;
  const [, guideName = ""] = /^([\w-]+)\.md$/.exec(path) ?? [];
  if (GUIDES.includes(guideName)) return whole;
  if (path === "api/provider.md") return `[${words}](${pageOfAnchor(anchor)})`;
  return words;
}

/** The page of what a heading of the reference in one page tells. */
function pageOfAnchor(anchor: string): string {
  const [, kind, type] =
    /^#(resource|data-source|ephemeral-resource)-glsa_(\w+)$/.exec(anchor) ?? [];
  return kind === undefined ? "../index.md" : posix.join("..", `${kind}s`, `${type}.md`);
}

function frontMatter(title: string, description?: string): string {
  const [sentence = ""] = (description ?? title).split(/(?<=\.)\s/, 1);
  return [
    "---",
    `page_title: ${JSON.stringify(title)}`,
    `description: ${JSON.stringify(sentence)}`,
    "---",
  ].join("\n");
}
