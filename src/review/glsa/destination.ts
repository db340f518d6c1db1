import type { DestinationForm } from "../objects/forms";
import {
  asList,
  asRecord,
  asText,
  inWords,
  isKnown,
  known,
  type Value,
  type Values,
} from "../objects/values";
import { without } from "./account";

/** What tells two destinations of a kind apart. Everything else about them changes in place. */
const IDENTITY: { readonly [kind: string]: readonly string[] } = {
  ci_variable: ["project", "group", "key", "environment_scope", "hidden"],
  file: ["path"],
  vault: ["address", "namespace", "mount", "path", "field"],
  command: ["argv"],
};

/** What of it a place has in every spelling. */
const KINDRED: { readonly [kind: string]: readonly string[] } = {
  ci_variable: ["key", "environment_scope", "hidden"],
  file: [],
  vault: ["field"],
};

/** An entry of `deliver_to`. */
export function glsaDestination(entry: Value): DestinationForm {
  const kinds = known(asRecord(entry)) ?? {};
  for (const [kind, names] of Object.entries(IDENTITY)) {
    const settings = kinds[kind] ?? null;
    if (settings === null) continue;
    const values = known(asRecord(settings));
    if (values === undefined) break;
    const wordsOf = (some: readonly string[]) =>
      JSON.stringify([kind, ...some.map((name) => inWords(values[name] ?? null))]);
    const kindred = KINDRED[kind];
    return {
      identity: wordsOf(names),
      ...(kindred && { kindred: wordsOf(kindred) }),
      label: LABELS[kind]?.(values) ?? kind,
      remarks: kind === "ci_variable" ? remarksOfVariable(values) : [],
      settings: without(values, names),
    };
  }
  const label = `a destination ${inWords(entry)}`;
  return { identity: label, label, remarks: [], settings: {} };
}

const LABELS: { readonly [kind: string]: (values: Values) => string } = {
  ci_variable: (values) => {
    const { group, project, key } = values;
    const environment = values["environment_scope"] ?? "*";
    const scope = environment === "*" ? "" : `, environment ${inWords(environment)}`;
    const container = group === null || group === undefined ? (project ?? null) : group;
    return `CI/CD variable ${inWords(key ?? null)} of ${inWords(container)}${scope}`;
  },
  file: (values) => `file ${inWords(values["path"] ?? null)}`,
  vault: (values) => {
    const at = [values["mount"] ?? "secret", values["path"] ?? null].map(inWords).join("/");
    const address = values["address"] ?? null;
    const server = address === null ? "" : ` of ${inWords(address)}`;
    return `Vault secret ${at}, field ${inWords(values["field"] ?? "token")}${server}`;
  },
  command: (values) => {
    const argv = asList(values["argv"]);
    return `command ${isKnown(argv) ? argv.map(inWords).join(" ") : inWords(argv)}`;
  },
};

function remarksOfVariable(values: Values): string[] {
  const remarks = values["protected"] === true ? ["protected"] : ["not protected"];
  if (values["masked"] === false) remarks.push("not masked");
  if (values["hidden"] === true) remarks.push("hidden");
  if (values["raw"] === false) remarks.push("expanded");
  const kept = known(asText(values["on_destroy"])) === "keep";
  return kept ? [...remarks, "kept when the token goes"] : remarks;
}
