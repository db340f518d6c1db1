import { ItemBuilder, OnePasswordConnect } from "@1password/connect";
import { place } from "../../../src/destinations/onepassword/implementation";
import { onepassword } from "../../../src/destinations/onepassword/record";
import { TestConnect } from "../../support/clouds/connect";
import { gateBefore, settingsOf, type Conforming } from "./under-test";

type FieldType = NonNullable<Parameters<ItemBuilder["addField"]>[0]>["type"];

export const onepasswordUnderTest: Conforming = {
  async start() {
    const connect = await TestConnect.start();
    const { checkpoint, gate } = await gateBefore(connect.url);
    const before = { ...process.env };
    const login = { OP_CONNECT_HOST: gate.url, OP_CONNECT_TOKEN: connect.token };
    Object.assign(process.env, login);
    // 1Password's own client, past the gate.
    const client = OnePasswordConnect({ serverURL: connect.url, token: connect.token });
    const at = (item: string, written: object) =>
      place(settingsOf(onepassword, { vault: "Deploy", item, ...written }));
    const itemOf = (title: string) =>
      client.getItemByTitle(connect.vaultId, title).catch(() => undefined);
    const fieldOf = async (title: string) =>
      (await itemOf(title))?.fields?.find(({ label }) => label === "credential");
    return {
      checkpoint,
      place: (name, written = {}) => at(name, written),
      respelled: (name) => at(name, { endpoint: `${gate.url}/` }),
      held: async (name) => (await fieldOf(name))?.value,
      write: async (name, value) => {
        const item = await itemOf(name);
        const field = item?.fields?.find(({ label }) => label === "credential");
        if (item === undefined) {
          const made = new ItemBuilder()
            .setTitle(name)
            .setCategory("API_CREDENTIAL")
            .addField({ label: "credential", value, type: "CONCEALED" as unknown as FieldType })
            .build();
          await client.createItem(connect.vaultId, made);
        } else if (field !== undefined) {
          field.value = value;
          await client.updateItem(connect.vaultId, item);
        }
      },
      neighbours: async (name) => connect.titles().filter((title) => title !== name),
      denials: {
        "no login": () => void delete process.env["OP_CONNECT_TOKEN"],
        "no right to read": () => void connect.denied.add("read"),
        "no right to write": () => void connect.denied.add("write"),
      },
      allow: () => {
        Object.assign(process.env, login);
        connect.denied.clear();
      },
      close: async () => {
        process.env = before;
        await gate.close();
        await connect.close();
      },
    };
  },
};
