import { addressRule, textRule } from "../malformed";
import { defineDestination, onDestroy, onDestroyText, overwrite } from "../record";

const VAULT_NAME = /^[a-z](?:[a-z0-9]|-(?!-)){1,22}[a-z0-9]$/i;
const address = addressRule("vault", "https://shop-production.vault.azure.net");
const name = textRule({
  name: "vault",
  must: "be the name of a key vault, or its address",
  example: "shop-production",
  fits: (vault) => VAULT_NAME.test(vault),
});

/** A secret in an Azure Key Vault. */
export const azureSecret = defineDestination({
  description:
    "A secret in an Azure Key Vault, whose tags say whose it is and when it ends. The login is Azure's default credential.",
  attributes: {
    vault: {
      type: "string",
      required: true,
      description: "Name of the key vault; its address in other clouds than Azure's public one.",
    },
    name: {
      type: "string",
      required: true,
      description: "Name of the secret: letters, digits and hyphens.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["vault", "name"],
  exact: [],
  spelling: ({ vault, name }) =>
    `azure_secret ${typeof vault === "string" ? keyVaultAddress(vault) : ""} ${String(name).toLowerCase()}`,
  rules: {
    vault: {
      problem: (vault) => (vault.includes("://") ? address.problem(vault) : name.problem(vault)),
    },
    name: textRule({
      name: "name",
      must: "have 1 to 127 letters, digits and hyphens",
      example: "gitlab-deploy-token",
      fits: (secret) => /^[a-z0-9-]{1,127}$/i.test(secret),
    }),
  },
  label: ({ vault, name }, say) => `Azure secret "${say(name)}" in vault "${say(vault)}"`,
  review: { label: ({ vault, name }, say) => `Azure secret ${say(name)} in ${say(vault)}` },
  options: {
    text: "A secret in an Azure Key Vault that receives a token's value; its tags say whose it is and when it ends. The login is Azure's default credential: workload identity, a managed identity, a service principal or `az`.",
    see: "https://learn.microsoft.com/azure/key-vault/secrets/about-secrets",
    attributes: { on_destroy: onDestroyText("value") },
  },
});

/** Names and hosts have no case. */
export function keyVaultAddress(vault: string): string {
  if (!URL.canParse(vault)) return `https://${vault.toLowerCase()}.vault.azure.net`;
  return vault.trim().replace(/\/+$/, "").toLowerCase();
}
