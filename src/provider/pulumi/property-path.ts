import type { Attribute, AttributePath, Attributes } from "../contract";
import { toPropertyName } from "./names";

/** Where a property is, as Pulumi writes it: `deliverTo[0].ciVariable.key`. */
export function toPropertyPath(path: AttributePath, attributes: Attributes): string {
  let scope: Attribute | { readonly attributes: Attributes } | undefined = { attributes };
  let text = "";
  for (const step of path) {
    if (typeof step === "number") {
      text += `[${step}]`;
      continue;
    }
    const isAttribute: boolean = scope !== undefined && "attributes" in scope;
    text = join(text, isAttribute ? toPropertyName(step) : step);
    scope = scope !== undefined && "attributes" in scope ? scope.attributes[step] : undefined;
  }
  return text;
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** The way back, for paths that users write; `*` stands for every element. */
export function parsePropertyPath(text: string): (string | number)[] {
  const steps = text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g);
  return [...steps].map(([, quoted, index, key]) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
    if (index !== undefined) return index === "*" ? "*" : Number(index);
    return key ?? "";
  });
}
