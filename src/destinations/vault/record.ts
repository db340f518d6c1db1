import type { Problem } from "../../model";
import { formatOf, keysOf } from "../format/record";
import { holdsMoreThanAddress } from "../malformed";
import {
  defineDestination,
  onDestroy,
  onDestroyText,
  overwrite,
  type Say,
  type Written,
} from "../record";

/** Begins the name of the entry of a secret's custom metadata that says whose a field is. */
export const NOTE_PREFIX = "glsa-field-";
/** In bytes. Vault's custom metadata takes names of 128. */
export const LONGEST_FIELD = 128 - NOTE_PREFIX.length;

/** A field of a KV version 2 secret. */
export const vault = defineDestination({
  description:
    "A field of a KV version 2 secret in HashiCorp Vault or OpenBao. The login (VAULT_TOKEN, AppRole or JWT) comes from the environment.",
  attributes: {
    address: {
      type: "string",
      optional: true,
      unset: "VAULT_ADDR",
      description: "Address of the server, such as https://vault.example.com:8200.",
    },
    namespace: {
      type: "string",
      optional: true,
      unset: "VAULT_NAMESPACE",
      description: "Namespace in Vault Enterprise or OpenBao.",
    },
    mount: {
      type: "string",
      optional: true,
      computed: true,
      default: "secret",
      description: "Mount path of the KV version 2 engine.",
    },
    path: {
      type: "string",
      required: true,
      description: "Path of the secret, relative to the mount.",
    },
    field: {
      type: "string",
      optional: true,
      computed: true,
      default: "token",
      description: "Field of the secret that holds the value. Other fields are not changed.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["address", "namespace", "mount", "path", "field"],
  exact: ["field"],
  rules: {
    address: { problem: malformedAddress, inPrograms: unusableAddress },
    mount: {
      problem: (mount) => empty("mount", mount),
      inPrograms(mount) {
        if (isPath(mount)) return undefined;
        return {
          code: "malformed-vault-mount",
          summary: `"${mount}" is not where an engine is mounted`,
          detail: `It must be a path without empty or dotted parts; got "${mount}". Write what "vault secrets list" shows, or leave it out for "secret".`,
        };
      },
    },
    path: {
      problem: (path) => empty("path", path),
      inPrograms(path) {
        if (isPath(path)) return undefined;
        return {
          code: "malformed-vault-path",
          summary: `"${path}" is not the path of a secret`,
          detail: `It must be a path without empty or dotted parts, as it follows the mount; got "${path}". Write such as "platform/charts", without "data/".`,
        };
      },
    },
    field: {
      problem: (field) => empty("field", field),
      inPrograms(field) {
        const size = Buffer.byteLength(field);
        if (field.trim() !== "" && size <= LONGEST_FIELD && !/\p{C}/u.test(field)) return undefined;
        return {
          code: "malformed-vault-field",
          summary: `"${field}" cannot name a field`,
          detail: `It must have 1 to ${LONGEST_FIELD} bytes of printable characters; got ${size} bytes. Write such as "deploy_token", or leave it out for "token".`,
        };
      },
    },
  },
  conflict(written) {
    const keys = keysOf(formatOf(written));
    if (keys === undefined || (written["field"] ?? null) === null) return undefined;
    return {
      attribute: "field",
      problem: {
        code: "format-contradiction",
        summary: `format ${String(written["format"])} has fields of its own`,
        detail: `It fills ${keys.map((key) => `"${key}"`).join(", ")} of the secret. Remove field.`,
      },
    };
  },
  label(settings, say) {
    const { address, namespace, mount, path } = settings;
    const place = [mount, path].map((part) => trimSlashes(say(part)));
    const secret = [...namespaceParts(namespace, say), ...place].join("/");
    const server = address == null ? "" : ` at ${serverOf(say(address))}`;
    return `${fieldsInWords(settings, say)} of Vault secret "${secret}"${server}`;
  },
  review: {
    label(settings, say) {
      const { address, mount, path } = settings;
      const server = address == null ? "" : ` of ${say(address)}`;
      const fields = fieldsInWords(settings, say).replaceAll('"', "");
      return `Vault secret ${say(mount)}/${say(path)}, ${fields}${server}`;
    },
  },
  options: {
    text: "A field of a KV version 2 secret in HashiCorp Vault or OpenBao that receives a token's value; the secret's other fields stay as they are. Credentials come from the environment of the apply: `VAULT_TOKEN`, an AppRole or a JWT.",
    see: "https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2",
    attributes: {
      address: {
        text: "Address of the server, such as `https://vault.example.com:8200`.",
        unset: "the environment's VAULT_ADDR, else VAULT_SERVER_URL",
      },
      namespace: {
        text: "Namespace of Vault Enterprise or OpenBao; an empty text is the root namespace.",
        unset: "the environment's VAULT_NAMESPACE, else the root namespace",
      },
      path: { text: "Path of the secret as it follows the mount, without `data/`." },
      field: { text: `The secret's field, at most ${LONGEST_FIELD} bytes.` },
      on_destroy: onDestroyText("field"),
    },
  },
});

/** One field, or those of the form's keys. */
function fieldsInWords(settings: Written, say: Say): string {
  const keys = keysOf(formatOf(settings));
  if (keys === undefined) return `field "${say(settings["field"])}"`;
  return `fields ${keys.map((key) => `"${key}"`).join(", ")}`;
}

/**
 * A namespace may be given on its own or as the beginning of the mount, and means the same. A slash in front says that
 * one is given: only then is it known in which namespace the mount is.
 */
function namespaceParts(namespace: unknown, say: Say): string[] {
  if (namespace == null) return [];
  const word = trimSlashes(say(namespace));
  return word === "" || word === "root" ? [""] : ["", word];
}

function serverOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replace(/\/+$/, "").replace(/\/v1$/, "")}`;
}

function malformedAddress(address: string): Problem | undefined {
  if (/^https?:\/\/\S+$/.test(address)) return undefined;
  return {
    code: "malformed-vault-address",
    summary: `"${address}" is not Vault's address`,
    detail: `address must be a URL such as https://vault.example.com:8200; got "${address}".`,
  };
}

function unusableAddress(address: string): Problem | undefined {
  if (!/^https?:\/\/\S+$/.test(address) || !URL.canParse(address)) {
    return {
      code: "malformed-vault-address",
      summary: `"${address}" is not Vault's address`,
      detail: `It must be a URL; got "${address}". Write such as "https://vault.example.com:8200", or leave it out and set VAULT_ADDR.`,
    };
  }
  if (!holdsMoreThanAddress(new URL(address))) return undefined;
  return {
    code: "malformed-vault-address",
    summary: "Vault's address holds more than a server",
    // The value seen is left out: it may hold a password.
    detail:
      'It must have neither a user name, a password, a query nor a fragment. Write such as "https://vault.example.com:8200"; credentials come from the environment.',
  };
}

function empty(name: string, text: string): Problem | undefined {
  if (text.trim() !== "") return undefined;
  return {
    code: "empty-vault-setting",
    summary: `${name} is empty`,
    detail: `Write the ${name} of the secret.`,
  };
}

function isPath(path: string): boolean {
  const parts = trimSlashes(path).split("/");
  return parts.every((part) => !["", ".", ".."].includes(part.trim()));
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}
