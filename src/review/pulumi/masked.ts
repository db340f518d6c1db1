import { snakeCase } from "../../official";
import { Hidden, UNKNOWN, type Value, type Values } from "../objects/values";
import type { Properties } from "./document";

/**
 * What Pulumi writes for a value that only the apply will tell, one text for each type.
 * @see https://pkg.go.dev/github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin#pkg-constants
 */
const SENTINELS = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What a secret is shown as. */
const SECRET = "[secret]";

/** Marks an object that represents a value of another kind. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Maps with keys that users choose. */
const FREE_KEYS = new Set(["keepers"]);

/** Properties by Terraform's names, without what is secret or the engine's own. */
export function maskedProperties(properties: Properties | undefined): Values {
  return renamed(properties ?? {});
}

function renamed(properties: object): Values {
  const entries = Object.entries(properties).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(
    entries.map(([property, value]) => {
      const name = snakeCase(property);
      return [name, masked(value, FREE_KEYS.has(name))];
    }),
  );
}

function masked(value: unknown, keepsKeys: boolean): Value {
  if (typeof value === "string") return maskedText(value);
  if (typeof value !== "object" || value === null) return value ?? null;
  if (Array.isArray(value)) return value.map((each) => masked(each, false));
  if (SIGNATURE in value) return special(value, keepsKeys);
  if (!keepsKeys) return renamed(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each, false)]));
}

function maskedText(text: string): Value {
  if (SENTINELS.has(text)) return UNKNOWN;
  return text === SECRET ? new Hidden() : text;
}

function special(value: Properties, keepsKeys: boolean): Value {
  const signature = value[SIGNATURE];
  if (signature === SECRET_SIGNATURE || value["secret"] === true) return new Hidden();
  if (signature !== OUTPUT_SIGNATURE) return new Hidden();
  return "value" in value ? masked(value["value"], keepsKeys) : UNKNOWN;
}
