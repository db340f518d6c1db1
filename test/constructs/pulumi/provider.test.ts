import { GlsaProvider, GlsaServiceAccount } from "../../../constructs/pulumi";
import { declared, inputsOf, refusal } from "./declared";

const PROVIDER = "pulumi:providers:glsa";

test("a minimal provider names its stack and leaves address and token to the environment", async () => {
  expect(await inputsOf(PROVIDER, () => void new GlsaProvider("glsa"))).toEqual({
    glsa: { stack: "project/stack" },
  });
});

test("every setting reaches the provider", async () => {
  const { glsa } = await inputsOf(PROVIDER, () => {
    new GlsaProvider("glsa", {
      baseUrl: "https://gitlab.example.com",
      instanceAddresses: ["https://gitlab.internal"],
      token: "clear",
      stack: "platform",
      takeOver: [12],
      caFile: "ca.pem",
      headers: { "X-Gateway-Key": "open" },
      maxRequestsPerMinute: 300,
      maxConcurrency: 4,
      alias: "main",
    });
  });
  expect(glsa).toMatchObject({
    baseUrl: "https://gitlab.example.com",
    stack: "platform",
    caFile: "ca.pem",
  });
  expect(glsa).not.toHaveProperty("alias");
});

test("two providers without an alias are an error", async () => {
  const twice = () => {
    new GlsaProvider("one");
    new GlsaProvider("two");
  };
  expect(await refusal(twice)).toBe(
    "[two] alias: Two providers without an alias. Only one provider of a program can be the default; got a second. Give it an alias. [repeated-provider]",
  );
});

test("raw resources use the program's provider where they name none", async () => {
  const found = await declared(() => {
    new GlsaProvider("main");
    const other = new GlsaProvider("other", { alias: "other" });
    const args = { group: "platform", username: "bot" };
    new GlsaServiceAccount("plain", args);
    new GlsaServiceAccount("explicit", args, { provider: other });
  });
  const providers = Object.fromEntries(found.map(({ name, provider }) => [name, provider]));
  expect(providers["plain"]).toContain("::main::");
  expect(providers["explicit"]).toContain("::other::");
});
