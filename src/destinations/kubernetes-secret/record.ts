import type { Problem } from "../../model";
import { formatOf, keysOf } from "../format/record";
import {
  defineDestination,
  onDestroy,
  onDestroyText,
  overwrite,
  type Say,
  type Written,
} from "../record";

/** The key that the API server itself looks for in a secret of the type `kubernetes.io/dockerconfigjson`. */
const DOCKER_KEY = ".dockerconfigjson";
const DEFAULT_KEY = "token";
/** Names of annotations have at most 63 characters, of which the prefix takes some. */
const LONGEST_KEY = 58;

/** A key of a Secret, or the keys of a form. */
export const kubernetesSecret = defineDestination({
  description:
    "A key of a Kubernetes Secret, or several with a format that has keys. The login comes from the kubeconfig or, inside a cluster, from the pod's own account.",
  attributes: {
    namespace: {
      type: "string",
      required: true,
      description: "Namespace of the Secret; it must exist.",
    },
    name: { type: "string", required: true, description: "Name of the Secret." },
    key: {
      type: "string",
      optional: true,
      unset: "token, or .dockerconfigjson with that format",
      description: "Key of the Secret that holds the value. Other keys are not changed.",
    },
    type: {
      type: "string",
      optional: true,
      unset: "what the format calls for, else Opaque",
      description: "Type of the Secret. Kubernetes never changes it.",
    },
    labels: {
      type: "map",
      element: "string",
      optional: true,
      description: "Labels of the Secret. Others are not changed.",
    },
    context: {
      type: "string",
      optional: true,
      unset: "the current one",
      description: "Context of the kubeconfig.",
    },
    config_path: {
      type: "string",
      optional: true,
      unset: "KUBECONFIG, then ~/.kube/config, then the pod's own account",
      description: "Path of the kubeconfig.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["namespace", "name", "key", "context", "config_path"],
  exact: ["namespace", "name", "key"],
  immutable: ["type"],
  rules: {
    namespace: {
      problem: (text) => malformedName("namespace", text, /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
    },
    name: {
      problem: (text) =>
        malformedName("name", text, /^(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/),
    },
    key: {
      problem: (text) => malformedKey(text),
    },
  },
  conflict(written) {
    const keys = keysOf(formatOf(written));
    const odd = keys?.find((key) => !isKey(key));
    if (odd !== undefined) return { attribute: "json", problem: malformedKey(odd) as Problem };
    if (keys === undefined || (written["key"] ?? null) === null) return undefined;
    return {
      attribute: "key",
      problem: {
        code: "format-contradiction",
        summary: `format ${String(written["format"])} has keys of its own`,
        detail: `It fills ${keys.map((key) => `"${key}"`).join(", ")} of the Secret. Remove key.`,
      },
    };
  },
  label(settings, say) {
    const { namespace, name, context, config_path: path } = settings;
    const cluster = [context, path].filter((part) => part != null).map((part) => say(part));
    const where = cluster.length === 0 ? "" : ` of ${cluster.join(" in ")}`;
    return `${keysInWords(settings, say)} of Kubernetes Secret "${say(namespace)}/${say(name)}"${where}`;
  },
  review: {
    label(settings, say) {
      const { namespace, name, context } = settings;
      const where = context == null ? "" : ` of ${say(context)}`;
      return `Kubernetes Secret ${say(namespace)}/${say(name)}, ${keysInWords(settings, say).replaceAll('"', "")}${where}`;
    },
    remarks: ({ on_destroy }) => (on_destroy === "keep" ? ["kept when the token goes"] : []),
  },
  options: {
    text: "A key of a Kubernetes Secret that receives a token's value; the Secret's other keys stay as they are. The login comes from the kubeconfig of the apply, exec plugins included, or from the pod that it runs in.",
    see: "https://kubernetes.io/docs/concepts/configuration/secret/",
    attributes: { on_destroy: onDestroyText("key") },
  },
});

/** The keys that one delivery fills. */
export function keysOfSecret(settings: Written): readonly string[] {
  const format = formatOf(settings);
  const fallback = format.name === "dockerconfigjson" ? DOCKER_KEY : DEFAULT_KEY;
  return keysOf(format) ?? [String(settings["key"] ?? fallback)];
}

/** The type that a new Secret gets. */
export function typeOfSecret(settings: Written): string {
  const written = settings["type"] ?? null;
  if (written !== null) return String(written);
  switch (formatOf(settings).name) {
    case "dockerconfigjson":
      return (settings["key"] ?? DOCKER_KEY) === DOCKER_KEY
        ? "kubernetes.io/dockerconfigjson"
        : "Opaque";
    case "basic_auth":
      return "kubernetes.io/basic-auth";
    default:
      return "Opaque";
  }
}

function keysInWords(settings: Written, say: Say): string {
  const keys = keysOfSecret(settings).map((key) => `"${say(key)}"`);
  return `${keys.length === 1 ? "key" : "keys"} ${keys.join(", ")}`;
}

function malformedName(attribute: string, text: string, shape: RegExp): Problem | undefined {
  if (shape.test(text)) return undefined;
  return {
    code: "malformed-kubernetes-name",
    summary: `"${text}" cannot be the ${attribute} of a Secret`,
    detail: `It must have lower-case letters, digits and "-"${attribute === "name" ? ' and "."' : ""}, and begin and end with a letter or digit; got "${text}".`,
  };
}

function isKey(key: string): boolean {
  return /^[-._a-zA-Z0-9]*[a-zA-Z0-9]$/.test(key) && key.length <= LONGEST_KEY;
}

function malformedKey(key: string): Problem | undefined {
  if (isKey(key)) return undefined;
  return {
    code: "malformed-kubernetes-key",
    summary: `"${key}" cannot be a key of a Secret`,
    detail: `It must have 1 to ${LONGEST_KEY} letters, digits, "-", "_" and ".", and end with a letter or digit; got "${key}".`,
  };
}
