import type { Problem } from "../../model";
import { holdsMoreThanAddress } from "../malformed";

/** What a destination may receive: the value alone, or a text or keys that a program reads as they are. */
export const FORMATS = [
  "value",
  "dockerconfigjson",
  "netrc",
  "basic_auth",
  "git_credentials",
  "argocd_repository",
  "flux_basic_auth",
  "json",
] as const;

export type FormatName = (typeof FORMATS)[number];

/** The placeholders for a token's attributes in the templates of `json`. */
export const PLACEHOLDERS = ["value", "username", "token_id", "expires_at", "base_url"] as const;

/** The attributes of every destination that say in which form the value arrives. */
export const formatAttributes = {
  format: {
    type: "string",
    optional: true,
    values: FORMATS,
    unset: "value",
    description:
      "Form in which the value arrives: value, dockerconfigjson, netrc, basic_auth, git_credentials, argocd_repository, flux_basic_auth or json. Changing it makes a new token.",
  },
  format_url: {
    type: "string",
    optional: true,
    unset: "the registry that GitLab names for dockerconfigjson, else base_url",
    description:
      "Address that the form speaks of: of the registry, of GitLab as its readers reach it, or of the repository in Argo CD.",
  },
  json: {
    type: "map",
    element: "string",
    optional: true,
    description:
      "With format json: the keys and their texts, in which {value}, {username}, {token_id}, {expires_at} and {base_url} are filled in.",
  },
} as const;

/** Another format is another content, for which the value is gone: the destination is filled again. */
export const FORMAT_NAMES = Object.keys(formatAttributes) as (keyof typeof formatAttributes)[];

type Written = { readonly [attribute: string]: unknown };

/** A form as a declaration has it. */
export interface Format {
  readonly name: FormatName;
  readonly url: string | null;
  /** By key; null but for `json`. */
  readonly templates: Readonly<Record<string, string>> | null;
}

export function formatOf(settings: Written): Format {
  return {
    name: (settings["format"] ?? "value") as FormatName,
    url: (settings["format_url"] ?? null) as string | null,
    templates: (typeof settings["json"] === "object"
      ? settings["json"]
      : null) as Format["templates"],
  };
}

/** The keys of a form that has several, in their order; undefined for one that is a single text. */
export function keysOf({ name, templates }: Format): readonly string[] | undefined {
  switch (name) {
    case "basic_auth":
    case "flux_basic_auth":
      return ["password", "username"];
    case "argocd_repository":
      return ["password", "type", "url", "username"];
    case "json":
      return Object.keys(templates ?? {}).sort();
    default:
      return undefined;
  }
}

/** One spelling of what may be spelled in several ways. */
export function canonicalSetting(name: string, value: unknown): unknown {
  if (name === "format" && value === "value") return null;
  // A value that is not known yet is an object, too, and stays one.
  if (typeof value !== "object" || value?.constructor !== Object) return value;
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Forms that name an address. */
const WITH_URL: ReadonlySet<FormatName> = new Set([
  "dockerconfigjson",
  "netrc",
  "git_credentials",
  "argocd_repository",
]);

export const formatRules = {
  format_url: { problem: urlProblem },
  json: { problem: templatesProblem },
};

function urlProblem(url: string): Problem | undefined {
  if (!/^https?:\/\/\S+$/.test(url) || !URL.canParse(url)) {
    return {
      code: "malformed-format-url",
      summary: `"${url}" is not the address of a format`,
      detail: `It must be a URL; got "${url}". Write such as "https://registry.example.com".`,
    };
  }
  if (!holdsMoreThanAddress(new URL(url))) return undefined;
  return {
    code: "malformed-format-url",
    summary: "The address of a format holds more than an address",
    // The value seen is left out: it may hold a password.
    detail:
      "It must have neither a user name, a password, a query nor a fragment: the delivered token is the credential.",
  };
}

/** Texts that are known later, as whole or in part, are left to the apply. */
function templatesProblem(templates: Readonly<Record<string, unknown>>): Problem | undefined {
  const names = Object.keys(templates);
  if (names.some((name) => name.trim() === "" || /\p{C}/u.test(name))) {
    return {
      code: "malformed-json-format",
      summary: "A key of json cannot be one",
      detail: "Each key must have printable characters.",
    };
  }
  const texts = Object.values(templates);
  for (const text of texts.filter((each) => typeof each === "string")) {
    const unknown = placeholdersIn(text).find((name) => !isPlaceholder(name));
    if (unknown !== undefined) {
      return {
        code: "malformed-json-format",
        summary: `json has no {${unknown}}`,
        detail: `"${text}" names {${unknown}}. Write ${PLACEHOLDERS.map((name) => `{${name}}`).join(", ")}.`,
      };
    }
  }
  const isOpen = texts.some((text) => typeof text !== "string" || text.includes("${"));
  if (isOpen || texts.some((text) => placeholdersIn(text as string).includes("value")))
    return undefined;
  return {
    code: "malformed-json-format",
    summary: "json leaves the value out",
    detail:
      'None of its texts holds {value}, so that no token would be delivered. Write such as { token = "{value}" }.',
  };
}

const PLACEHOLDER = /\{([a-z_]+)\}/g;

function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
}

function isPlaceholder(name: string): name is (typeof PLACEHOLDERS)[number] {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}

/** A template with its placeholders filled in, each once: what a value holds is no template. */
export function fillIn(
  template: string,
  facts: Readonly<Record<(typeof PLACEHOLDERS)[number], string>>,
): string {
  return template.replace(PLACEHOLDER, (whole, name: string) =>
    isPlaceholder(name) ? facts[name] : whole,
  );
}

/** What `format` and the settings beside it contradict each other in. */
export function formatConflict(
  written: Written,
): { readonly attribute: string; readonly problem: Problem } | undefined {
  const format = written["format"] ?? "value";
  if (!(FORMATS as readonly unknown[]).includes(format)) return undefined;
  const isJson = format === "json";
  const hasJson = (written["json"] ?? null) !== null;
  if (isJson !== hasJson) {
    return {
      attribute: "json",
      problem: {
        code: "format-contradiction",
        summary: isJson ? "format json needs its keys" : "json without format json",
        detail: isJson
          ? 'Write json, such as { token = "{value}", user = "{username}" }.'
          : 'json says what format = "json" delivers. Write format = "json", or remove json.',
      },
    };
  }
  const hasUrl = (written["format_url"] ?? null) !== null;
  if (!hasUrl || WITH_URL.has(format as FormatName)) return undefined;
  return {
    attribute: "format_url",
    problem: {
      code: "format-contradiction",
      summary: `format_url means nothing with format ${String(format)}`,
      detail: `Only ${[...WITH_URL].join(", ")} name an address. Remove format_url.`,
    },
  };
}
