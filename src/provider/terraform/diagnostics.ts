import { status, type ServiceError } from "@grpc/grpc-js";
import {
  detailWithCode,
  DiagnosticError,
  error,
  isBlock,
  type AttributePath,
  type Attributes,
  type Diagnostic,
  type NestedAttribute,
} from "../contract";
import { reportOf, type FailingProvider } from "../host/report";
import type { Message } from "./protocol";

/** The subject of a call: where its diagnostics' paths lead, and the name to use in errors. */
export interface Subject {
  readonly provider: FailingProvider;
  /** The type as users write it: `x_thing`, `data.x_thing`, `provider.x`. */
  readonly title: string;
  readonly attributes: Attributes;
}

const SEVERITY = { error: 1, warning: 2 } as const;

export function toWireDiagnostics(
  diagnostics: readonly Diagnostic[],
  { attributes }: Subject,
): Message<"Diagnostic">[] {
  return diagnostics.map((diagnostic) => ({
    severity: SEVERITY[diagnostic.severity],
    summary: diagnostic.summary,
    detail: detailWithCode(diagnostic),
    ...(diagnostic.path !== undefined && { attribute: toWirePath(diagnostic.path, attributes) }),
  }));
}

/**
 * As much of a path as engines find in a configuration: blocks, an attribute, and one element of it. For a longer path
 * they fall back to the first line of the resource, and also for one that ends at a block, so it is extended into the
 * block.
 */
export function toWirePath(path: AttributePath, attributes: Attributes): Message<"AttributePath"> {
  return { steps: stepsOf(path, attributes) };
}

type Step = Message<"AttributePathStep">;

function stepsOf([name, ...rest]: AttributePath, attributes: Attributes): Step[] {
  if (name === undefined) return [];
  const attribute = attributes[name];
  const own = { attributeName: String(name) };
  if (attribute !== undefined && isBlock(attribute)) return [own, ...stepsInto(attribute, rest)];
  const [key] = rest;
  // The elements of a set have no position to point at.
  if (typeof key === "number" && attribute?.type !== "set") return [own, { elementKeyInt: key }];
  if (typeof key === "string" && attribute?.type === "map") {
    return [own, { elementKeyString: key }];
  }
  return [own];
}

function stepsInto({ type, attributes }: NestedAttribute, path: AttributePath): Step[] {
  const [first] = Object.keys(attributes);
  const inside = (rest: AttributePath) =>
    stepsOf(rest.length === 0 && first !== undefined ? [first] : rest, attributes);
  if (type === "object") return inside(path);
  const [at, ...rest] = path;
  if (type === "objectMap") {
    return typeof at === "string" ? [{ elementKeyString: at }, ...inside(rest)] : [];
  }
  return typeof at === "number" ? [{ elementKeyInt: at }, ...inside(rest)] : [];
}

/** The user's message for a thrown error. */
export function failureDiagnostics(failure: unknown, subject: Subject): readonly Diagnostic[] {
  if (failure instanceof DiagnosticError) return failure.diagnostics;
  const { explain, hideSecrets = String } = subject.provider;
  const explained = explain?.(failure);
  if (explained !== undefined) return [explained];
  const { message, stack = "" } = failure instanceof Error ? failure : new Error(String(failure));
  const shown = hideSecrets(message);
  log("error", "unexpected error", {
    type: subject.title,
    error: shown,
    stack: hideSecrets(stack),
  });
  return [bugDiagnostic(subject, `Unexpected error: ${shown}`, failure)];
}

/** States that the fault is the provider's. */
export function bugDiagnostic(
  { provider, title }: Subject,
  detail: string,
  failure?: unknown,
): Diagnostic {
  return error(
    "unexpected-failure",
    `${title} failed unexpectedly`,
    `${detail}\n\nThis is a bug in ${provider.name}. Please report it, with what you did, this text ` +
      `(${reportOf(provider, failure)}), and the log that TF_LOG=debug writes.`,
  );
}

/** For a call without a place for diagnostics. */
export function toServiceError(failure: unknown): Partial<ServiceError> {
  log("error", "call failed", { error: String(failure) });
  return { code: status.INTERNAL, details: String(failure) };
}

/** Core shows a plugin's lines only if one of these is set. */
const isWanted = Boolean(process.env.TF_LOG || process.env.TF_LOG_PROVIDER);

/** Writes one line to Terraform's log, in the form of go-hclog. Never pass a secret. */
export function log(
  level: "info" | "error",
  message: string,
  fields: { readonly [name: string]: unknown } = {},
): void {
  if (!isWanted) return;
  const line = {
    "@level": level,
    "@message": message,
    "@module": "provider",
    // go-plugin reads only microseconds.
    "@timestamp": new Date().toISOString().replace("Z", "000Z"),
    ...fields,
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
