import { place } from "../../src/destinations/azure-secret/implementation";
import { azureSecret, keyVaultAddress } from "../../src/destinations/azure-secret/record";
import { TestAzure } from "../support/clouds/azure";
import { AzureReader } from "../support/clouds/azure-reader";
import { AGAIN, deliveredBy, FIRST, newValue, settingsOf } from "./conformance/under-test";

/* What only this kind does; what all do is in the conformance suite. */

const before = { ...process.env };
let azure: TestAzure;
let reader: AzureReader;

beforeAll(async () => {
  azure = await TestAzure.start();
  reader = new AzureReader(azure);
  Object.assign(process.env, azure.environment);
});
afterEach(() => azure.denied.clear());
afterAll(async () => {
  process.env = before;
  await azure.close();
});

const secret = (name: string, written: object = {}) =>
  place(settingsOf(azureSecret, { vault: azure.url, name, ...written }));
const versionsOf = (name: string) => azure.secrets.get(name) ?? [];

test("a managed identity logs in once for all secrets", async () => {
  await Promise.all([secret("one").foresee!(FIRST), secret("two").foresee!(FIRST)]);
  await secret("one").foresee!(FIRST);
  expect(azure.requests.filter((request) => request.includes("/msi/token"))).toHaveLength(1);
});

test("tags say whose a version is and when its token ends, and other tags stay", async () => {
  await reader.write("tagged", "theirs");
  versionsOf("tagged")[0]!.tags = { team: "shop" };
  const destination = secret("tagged", { overwrite: true });
  await destination.check(FIRST);
  const value = newValue();
  await destination.deliver(value);
  const { tags, exp } = versionsOf("tagged").at(-1)!;
  expect(tags).toEqual({
    team: "shop",
    glsa: expect.stringContaining(`token ${value.tokenId}.`) as string,
    "glsa-expires": "2027-01-01",
  });
  expect(exp).toBe(Date.parse("2027-01-01") / 1000);
  await destination.deliver({ ...newValue(), expiresAt: null });
  expect(versionsOf("tagged").at(-1)!.tags).not.toHaveProperty("glsa-expires");
});

test("versions of revoked tokens are disabled; those that live on and those of others stay", async () => {
  await reader.write("rotated", "theirs");
  const [first, second, third] = [newValue(), newValue(), newValue()];
  const destination = secret("rotated", { overwrite: true });
  await destination.check(FIRST);
  for (const value of [first, second, third]) await destination.deliver(value);
  const enabled = () => versionsOf("rotated").map((version) => version.enabled);
  await destination.tidy!([second.tokenId, third.tokenId]);
  expect(enabled()).toEqual([true, false, true, true]);
  await secret("rotated").remove(deliveredBy(third));
  expect(enabled()).toEqual([true, false, false, false]);
});

test("a place that was emptied is free for another stack", async () => {
  const value = newValue();
  await secret("given").check(FIRST);
  await secret("given").deliver(value);
  await secret("given").remove(deliveredBy(value));
  await secret("given").check({ ...FIRST, key: "fedcba9876543210fedc" });
});

test("a name that a deleted secret still has is refused before a token is made", async () => {
  azure.deleted.add("gone");
  await expect(secret("gone").check(FIRST)).rejects.toMatchObject({
    remedy: expect.stringContaining("az keyvault secret recover") as string,
  });
});

test("a plan writes nothing, and sends one request", async () => {
  const value = newValue();
  await secret("planned").check(FIRST);
  await secret("planned").deliver(value);
  const from = azure.requests.length;
  await secret("planned").foresee!(AGAIN);
  await secret("planned").observe(deliveredBy(value));
  expect(azure.requests.slice(from)).toEqual(Array(2).fill("GET /secrets/planned"));
});

test("a vault has one address, by its name and in other clouds", () => {
  expect(keyVaultAddress("Shop-Production")).toBe("https://shop-production.vault.azure.net");
  expect(keyVaultAddress("https://Shop.vault.azure.cn/")).toBe("https://shop.vault.azure.cn");
});
