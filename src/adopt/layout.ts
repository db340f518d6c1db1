import type { AdoptedAccount, Adoption } from "./adoption";
import { hclAccount } from "./hcl/account";
import { hclProvider, mentionsProvider } from "./hcl/provider";
import { accountKey } from "./keys";
import { camelCase } from "./names";
import { cdktfAccount, cdktfAll, cdktfImports } from "./typescript/cdktf";
import { pulumiAccount, pulumiImports } from "./typescript/pulumi";
import { NOTHING_WRITTEN, writtenHcl, writtenTypeScript, type Written } from "./written";

export const LANGUAGES = ["hcl", "cdktf", "pulumi"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A file, by its name in the folder. */
export interface CodeFile {
  readonly name: string;
  readonly content: string;
  /** Whether it replaces a file of the same name that `glsa adopt` wrote. All others are new. */
  readonly isIndex: boolean;
}

export interface Layout {
  readonly language: Language;
  /** The one file for all accounts. Undefined for a file per account. */
  readonly file?: string;
  /** The provider's `stack`, if the folder declares no provider yet. */
  readonly stack: string;
  /** The files in the folder, by name. None of them is changed. */
  readonly existing: ReadonlyMap<string, string>;
}

export const EXTENSION: Readonly<Record<Language, string>> = {
  hcl: ".tf",
  cdktf: ".ts",
  pulumi: ".ts",
};

/** What the folder's files already declare. */
export function writtenIn(language: Language, existing: Layout["existing"]): Written {
  const texts = [...existing]
    .filter(([name]) => name.endsWith(EXTENSION[language]))
    .map(([, text]) => text);
  if (texts.length === 0) return NOTHING_WRITTEN;
  return language === "hcl" ? writtenHcl(texts) : writtenTypeScript(texts);
}

/** The new files. */
export function codeFiles({ accounts }: Adoption, layout: Layout): CodeFile[] {
  if (accounts.length === 0) return [];
  const { language, file, existing, stack } = layout;
  const written = writtenIn(language, existing);
  const parts =
    file === undefined
      ? accounts.map((account) => ({
          name: `${account.name}${EXTENSION[language]}`,
          of: [account],
        }))
      : [{ name: file, of: accounts }];
  const files = parts.map(({ name, of }) => {
    const free = freeName(name, existing);
    return newFile(
      free,
      codeOf(of, { language, written, isAlone: file !== undefined, file: free }),
    );
  });
  const all = [...existing.entries(), ...files.map((one) => [one.name, one.content] as const)];
  return [
    ...files,
    ...(file === undefined ? indexFile(language, all) : []),
    ...(language === "hcl" && !mentionsProvider([...existing.values()])
      ? [newFile(freeName("glsa.tf", existing), hclProvider(stack))]
      : []),
  ];
}

/** The same as one text, for a terminal or a pipe. */
export function codeText({ accounts }: Adoption, language: Language): string {
  if (accounts.length === 0) return "";
  return codeOf(accounts, { language, written: NOTHING_WRITTEN, isAlone: true, file: "" });
}

interface Part {
  readonly language: Language;
  readonly written: Written;
  /** Whether it contains all accounts, so that other code calls it. */
  readonly isAlone: boolean;
  readonly file: string;
}

function codeOf(accounts: readonly AdoptedAccount[], part: Part): string {
  return `${[HEADER[part.language], ...BLOCKS[part.language](accounts, part)].join("\n\n")}\n`;
}

const BLOCKS: Readonly<
  Record<Language, (accounts: readonly AdoptedAccount[], part: Part) => string[]>
> = {
  hcl: (accounts, { written }) =>
    accounts.flatMap((account) => {
      const { name, userId } = account;
      return hclAccount(account, written.addressOf({ name, key: accountKey(userId) }));
    }),
  cdktf: (accounts, { isAlone, file }) => [
    cdktfImports(accounts),
    ...accounts.map((account) => cdktfAccount(account, lookupName(account, file))),
    ...(isAlone ? [cdktfAll(accounts.map(({ name }) => camelCase(name)))] : []),
  ],
  pulumi: (accounts, { file }) => [
    pulumiImports(accounts),
    ...accounts.flatMap((account) => pulumiAccount(account, lookupName(account, file))),
  ],
};

const FIRST_APPLY = "imports what stands here and sends GitLab no writing request";

const HEADER: Readonly<Record<Language, string>> = {
  hcl: `# Written by glsa adopt. The first apply ${FIRST_APPLY}; the import blocks may go after it.`,
  cdktf: `// Written by glsa adopt. The first deployment ${FIRST_APPLY}.`,
  pulumi: `// Written by glsa adopt. The first update ${FIRST_APPLY}.`,
};

/** Further files of the same account look it up under further names: `bot-2.ts` as `bot-2`. */
function lookupName({ username }: AdoptedAccount, file: string): string {
  return `${username}-${/-(\d+)\.ts$/.exec(file)?.[1] ?? "existing"}`;
}

const INDEX_HEADER = "// Written by glsa adopt from the files beside it, anew at each run.";

/** Declares the accounts of all files in a folder. An index that was written by hand is not changed. */
function indexFile(
  language: Language,
  files: readonly (readonly [name: string, content: string])[],
): CodeFile[] {
  if (language === "hcl") return [];
  const present = files.find(([name]) => name === "index.ts");
  if (present !== undefined && !present[1].startsWith(INDEX_HEADER)) return [];
  const others = files
    .filter(
      ([name, content]) =>
        name.endsWith(".ts") && name !== "index.ts" && content.startsWith(HEADER[language]),
    )
    .map(([name, content]) => ({ module: name.replace(/\.ts$/, ""), content }))
    .sort((left, right) => (left.module < right.module ? -1 : 1));
  const content = language === "cdktf" ? cdktfIndex(others) : pulumiIndex(others);
  return [
    { name: "index.ts", content: `${[INDEX_HEADER, ...content].join("\n\n")}\n`, isIndex: true },
  ];
}

interface Module {
  readonly module: string;
  readonly content: string;
}

function cdktfIndex(modules: readonly Module[]): string[] {
  const declared = modules.flatMap(({ module, content }) =>
    [...content.matchAll(/^export function (\w+)\(scope: Construct\)/gm)].map(([, name = ""]) => ({
      module,
      name,
      // Further files of an account, `bot-2.ts`, have a function of the same name.
      alias: name === camelCase(module) ? name : `${name}_${/-(\d+)$/.exec(module)?.[1] ?? ""}`,
    })),
  );
  const imports = declared.map(({ module, name, alias }) =>
    name === alias
      ? `import { ${name} } from "./${module}";`
      : `import { ${name} as ${alias} } from "./${module}";`,
  );
  return [
    ['import type { Construct } from "constructs";', ...imports].join("\n"),
    cdktfAll(declared.map(({ alias }) => alias)),
  ];
}

function pulumiIndex(modules: readonly Module[]): string[] {
  return [modules.map(({ module }) => `import "./${module}";`).join("\n")];
}

/** No existing file is changed: the next one after `bots.tf` is `bots-2.tf`. */
function freeName(name: string, existing: Layout["existing"]): string {
  const dot = name.lastIndexOf(".");
  const [stem, extension] = [name.slice(0, dot), name.slice(dot)];
  let free = name;
  for (let count = 2; existing.has(free); count += 1) free = `${stem}-${count}${extension}`;
  return free;
}

function newFile(name: string, content: string): CodeFile {
  return { name, content, isIndex: false };
}
