import { VaultSecret } from "../../../src/destinations/vault/implementation";
import { formatOf, keysOf } from "../../../src/destinations/format/record";
import type { Written } from "../../../src/destinations/record";
import { VaultUnderTest } from "../../delivery/vault-under-test";
import { gateBefore, type Conforming } from "./under-test";

const ALL = ["create", "read", "update", "patch"];

export const vaultUnderTest: Conforming = {
  async start() {
    const vault = await VaultUnderTest.start();
    const { checkpoint, gate } = await gateBefore(vault.url);
    const mount = await vault.mount();
    const tokenWith = (data: readonly string[], metadata: readonly string[]) =>
      vault.tokenFor({ [`${mount}/data/*`]: data, [`${mount}/metadata/*`]: metadata });
    const whole = await tokenWith(ALL, ALL);
    const others = {
      hidden: await tokenWith(["create", "update", "patch"], ALL),
      "no create": await tokenWith(["read"], ["read"]),
      "no notes": await tokenWith(ALL, []),
      "no data": await tokenWith([], ALL),
    };
    let token = whole;
    const pathOf = (name: string) => `ci/${name}`;
    const at = (name: string, written: Written) =>
      new VaultSecret(
        {
          address: gate.url,
          namespace: "",
          mount,
          path: pathOf(name),
          field: "token",
          overwrite: written["overwrite"] === true,
          keys: keysOf(formatOf(written)),
        },
        { VAULT_TOKEN: token },
      );
    const fieldsOf = (name: string) => vault.fields(mount, pathOf(name));
    const deny = (name: keyof typeof others) => () => void (token = others[name]);
    return {
      checkpoint,
      place: (name, written = {}) => at(name, written),
      respelled: (name) =>
        new VaultSecret(
          {
            address: `${gate.url}/v1/`,
            namespace: "root",
            mount: `/${mount}/`,
            path: `/${pathOf(name)}/`,
            field: "token",
            overwrite: false,
          },
          { VAULT_TOKEN: token },
        ),
      held: async (name) => (await fieldsOf(name))?.["token"] as string | undefined,
      write: async (name, value) => {
        await vault.write(mount, pathOf(name), { ...(await fieldsOf(name)), token: value });
      },
      neighbours: async (name) => {
        const others = Object.entries((await fieldsOf(name)) ?? {});
        return others.filter(([field]) => field !== "token");
      },
      denials: {
        "no create": deny("no create"),
        "no notes": deny("no notes"),
        "no data": deny("no data"),
      },
      hide: deny("hidden"),
      allow: () => void (token = whole),
      close: async () => {
        await gate.close();
        await vault.close();
      },
    };
  },
};
