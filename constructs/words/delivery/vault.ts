import type { Problem } from "../../../src/model";
import { ruleProblems } from "../common-rules";
import type { DeclarationProblem } from "../declaration-problem";
import type { IsLate, Spell } from "../late";
import { onDestroyProblems, type DeliveryOnDestroy } from "./on-destroy";

const DEFAULT_MOUNT = "secret";
const DEFAULT_FIELD = "token";
/** Vault's custom metadata takes names of 128 bytes, and the entry that says whose a field is begins with `glsa-field-`. */
const LONGEST_FIELD = 117;

/**
 * A field of a KV version 2 secret in HashiCorp Vault or OpenBao that receives a token's value; the secret's other
 * fields stay as they are. Credentials come from the environment of the apply: `VAULT_TOKEN`, an AppRole or a JWT.
 * @see https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2
 */
export interface VaultDelivery {
  /**
   * Address of the server, such as `https://vault.example.com:8200`.
   * @default - the environment's VAULT_ADDR, else VAULT_SERVER_URL
   */
  readonly address?: string;
  /**
   * Namespace of Vault Enterprise or OpenBao; an empty text is the root namespace.
   * @default - the environment's VAULT_NAMESPACE, else the root namespace
   */
  readonly namespace?: string;
  /**
   * Where the engine is mounted.
   * @default "secret"
   */
  readonly mount?: string;
  /** Path of the secret as it follows the mount, without `data/`. */
  readonly path: string;
  /**
   * The secret's field, at most 117 bytes.
   * @default "token"
   */
  readonly field?: string;
  /**
   * Takes over a field that something else wrote.
   * @default false
   */
  readonly overwrite?: boolean;
  /**
   * What destroying the token does with the field; it is removed only while it holds this token's value.
   * @default "remove"
   */
  readonly onDestroy?: DeliveryOnDestroy;
}

export function vaultProblems(
  property: string,
  { address, mount, path, field, onDestroy }: VaultDelivery,
  isLate: IsLate,
): DeclarationProblem[] {
  return [
    ...ruleProblems(`${property}.address`, address, addressProblem, isLate),
    ...ruleProblems(`${property}.mount`, mount, mountProblem, isLate),
    ...ruleProblems(`${property}.path`, path, pathProblem, isLate),
    ...ruleProblems(`${property}.field`, field, fieldProblem, isLate),
    ...onDestroyProblems(property, onDestroy, isLate),
  ];
}

export function vaultLabel(
  { address, namespace, mount = DEFAULT_MOUNT, path, field = DEFAULT_FIELD }: VaultDelivery,
  spell: Spell,
): string {
  const place = [mount, path].map((part) => trimSlashes(spell(part)));
  const secret = [...namespaceWords(namespace, spell), ...place].join("/");
  const server = address === undefined ? "" : ` at ${serverWord(spell(address))}`;
  return `field "${spell(field)}" of Vault secret "${secret}"${server}`;
}

/**
 * A namespace may be given on its own or as the beginning of the mount, and means the same. A slash in front says that
 * one is given: only then is it known in which namespace the mount is.
 */
function namespaceWords(namespace: string | undefined, spell: Spell): string[] {
  if (namespace === undefined) return [];
  const word = trimSlashes(spell(namespace));
  return word === "" || word === "root" ? [""] : ["", word];
}

function serverWord(address: string): string {
  if (!URL.canParse(address)) return address;
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replace(/\/+$/, "").replace(/\/v1$/, "")}`;
}

function addressProblem(address: string): Problem | undefined {
  if (!/^https?:\/\/\S+$/.test(address) || !URL.canParse(address)) {
    return {
      summary: `"${address}" is not Vault's address`,
      detail: `It must be a URL; got "${address}". Write such as "https://vault.example.com:8200", or leave it out and set VAULT_ADDR.`,
    };
  }
  const { username, password, search, hash } = new URL(address);
  if (`${username}${password}${search}${hash}` === "") return undefined;
  return {
    summary: "Vault's address holds more than a server",
    // The value seen is left out: it may hold a password.
    detail:
      'It must have neither a user name, a password, a query nor a fragment. Write such as "https://vault.example.com:8200"; credentials come from the environment.',
  };
}

function mountProblem(mount: string): Problem | undefined {
  if (isPath(mount)) return undefined;
  return {
    summary: `"${mount}" is not where an engine is mounted`,
    detail: `It must be a path without empty or dotted parts; got "${mount}". Write what "vault secrets list" shows, or leave it out for "${DEFAULT_MOUNT}".`,
  };
}

function pathProblem(path: string): Problem | undefined {
  if (isPath(path)) return undefined;
  return {
    summary: `"${path}" is not the path of a secret`,
    detail: `It must be a path without empty or dotted parts, as it follows the mount; got "${path}". Write such as "platform/charts", without "data/".`,
  };
}

function isPath(path: string): boolean {
  const parts = trimSlashes(path).split("/");
  return parts.every((part) => !["", ".", ".."].includes(part.trim()));
}

function fieldProblem(field: string): Problem | undefined {
  const fits = field.trim() !== "" && Buffer.byteLength(field) <= LONGEST_FIELD;
  if (fits && !/\p{C}/u.test(field)) return undefined;
  return {
    summary: `"${field}" cannot name a field`,
    detail: `It must have 1 to ${LONGEST_FIELD} bytes of printable characters; got ${Buffer.byteLength(field)} bytes. Write such as "deploy_token", or leave it out for "${DEFAULT_FIELD}".`,
  };
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}
