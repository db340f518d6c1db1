import { addressRule, textRule } from "../malformed";
import { defineDestination, onDestroy, onDestroyText, overwrite } from "../record";

/** A field of an item in 1Password. */
export const onepassword = defineDestination({
  description:
    "A field of an item in 1Password, by a Connect server. Its address and token come from OP_CONNECT_HOST and OP_CONNECT_TOKEN.",
  attributes: {
    vault: {
      type: "string",
      required: true,
      description: "Name of the vault, or its id.",
    },
    item: {
      type: "string",
      required: true,
      description: "Title of the item, or its id. One that is missing is made.",
    },
    field: {
      type: "string",
      optional: true,
      computed: true,
      default: "credential",
      description: "Label of the item's field that holds the value; other fields are not changed.",
    },
    endpoint: {
      type: "string",
      optional: true,
      unset: "OP_CONNECT_HOST",
      description: "Address of the Connect server.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["vault", "item", "field", "endpoint"],
  exact: ["vault", "item", "field"],
  rules: {
    vault: named("vault", "Deploy"),
    item: named("item", "gitlab-deploy-token"),
    field: named("field", "credential"),
    endpoint: addressRule("endpoint", "https://connect.example.com"),
  },
  label: ({ vault, item, field }, say) =>
    `field "${say(field)}" of 1Password item "${say(item)}" in vault "${say(vault)}"`,
  review: {
    label: ({ vault, item, field }, say) =>
      `1Password op://${say(vault)}/${say(item)}/${say(field ?? "credential")}`,
  },
  options: {
    text: "A field of an item in 1Password that receives a token's value, by a Connect server. Its address and token come from the environment of the apply.",
    see: "https://developer.1password.com/docs/connect/api-reference",
    attributes: { on_destroy: onDestroyText("field") },
  },
});

/** What references such as op://vault/item/field can hold. */
function named(name: string, example: string) {
  return textRule({
    name,
    must: "have 1 to 100 letters, digits, blanks and - _ .",
    example,
    fits: (text) => /^[\p{L}\d_.-](?:[\p{L}\d _.-]{0,98}[\p{L}\d_.-])?$/u.test(text),
  });
}
