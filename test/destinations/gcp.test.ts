import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { place } from "../../src/destinations/gcp-secret/implementation";
import { gcpSecret } from "../../src/destinations/gcp-secret/record";
import { GOOGLE_PROJECT, TestGoogle } from "../support/clouds/google";
import { GoogleReader } from "../support/clouds/google-reader";
import { AGAIN, deliveredBy, FIRST, newValue, settingsOf } from "./conformance/under-test";

/* What only this kind does; what all do is in the conformance suite. */

const before = { ...process.env };
let folder: string;
let google: TestGoogle;
let reader: GoogleReader;

beforeAll(async () => {
  google = await TestGoogle.start();
  reader = new GoogleReader(google);
  folder = mkdtempSync(join(tmpdir(), "glsa-google-"));
  const [pool, subject] = [join(folder, "pool.json"), join(folder, "subject")];
  writeFileSync(subject, google.login.subjectToken);
  writeFileSync(pool, JSON.stringify(google.login.poolFile(google.url, subject)));
  Object.assign(process.env, {
    GOOGLE_APPLICATION_CREDENTIALS: pool,
    METADATA_SERVER_DETECTION: "none",
  });
});
afterEach(() => {
  google.denied.clear();
  google.isBehind = false;
});
afterAll(async () => {
  process.env = before;
  await google.close();
  rmSync(folder, { recursive: true });
});

const secret = (name: string, written: object = {}) =>
  place(
    settingsOf(gcpSecret, {
      project: GOOGLE_PROJECT,
      secret: name,
      endpoint: google.url,
      ...written,
    }),
  );

const statesOf = (name: string) => google.statesOf(name);

test("a workload's identity logs in once for all secrets, as the service account it may act as", async () => {
  const from = google.requests.length;
  await Promise.all([secret("one").foresee!(FIRST), secret("two").foresee!(FIRST)]);
  const logins = google.requests
    .slice(from)
    .filter((request) => /token|generateAccessToken/i.test(request));
  expect(logins).toHaveLength(2);
});

test("versions of revoked tokens are disabled, and those that live on stay", async () => {
  const [first, second, third] = [newValue(), newValue(), newValue()];
  const destination = secret("rotated");
  await destination.check(FIRST);
  for (const value of [first, second, third]) await destination.deliver(value);
  await destination.tidy!([second.tokenId, third.tokenId]);
  expect(statesOf("rotated")).toEqual(["DISABLED", "ENABLED", "ENABLED"]);
  await secret("rotated").tidy!([third.tokenId]);
  expect(statesOf("rotated")).toEqual(["DISABLED", "DISABLED", "ENABLED"]);
  expect(await reader.read("rotated")).toBe(third.value);
  expect(await secret("rotated").observe(deliveredBy(third))).toEqual({ kind: "unchanged" });
});

test("what another hand annotates and writes stays, in a secret that it made", async () => {
  await reader.write("theirs", "{}");
  const theirs = google.secrets.get("theirs")!;
  theirs.annotations = { team: "shop" };
  const value = newValue();
  const destination = secret("theirs", { overwrite: true });
  await destination.check(FIRST);
  let isFirst = true;
  google.beforeServing = (name) => {
    if (!name.startsWith("PATCH") || !isFirst) return;
    isFirst = false;
    theirs.annotations = { ...theirs.annotations, team: "mail" };
    theirs.etag = '"changed"';
  };
  await destination.deliver(value);
  google.clearFaults();
  expect(theirs.annotations).toMatchObject({ team: "mail", glsa: expect.any(String) as string });
  await destination.remove(deliveredBy(value));
  expect(theirs.annotations).toEqual({ team: "mail" });
  expect(statesOf("theirs")).toEqual(["ENABLED", "DISABLED"]);
});

test("a newest version that Google shows late is no drift", async () => {
  const [first, second] = [newValue(), newValue()];
  const destination = secret("late");
  await destination.check(FIRST);
  await destination.deliver(first);
  google.isBehind = true;
  await destination.check(AGAIN);
  await destination.deliver(second);
  for (const place of [destination, secret("late")]) {
    expect(await place.observe(deliveredBy(second))).toEqual({ kind: "unchanged" });
  }
});

test("a delivery is put back as a further version, and the one of the revoked token is disabled", async () => {
  const [first, second] = [newValue(), newValue()];
  const destination = secret("restored");
  await destination.check(FIRST);
  await destination.deliver(first);
  const undo = await destination.deliver(second);
  await undo?.();
  expect(statesOf("restored")).toEqual(["ENABLED", "DISABLED", "ENABLED"]);
  expect(await reader.read("restored")).toBe(first.value);
});

test("a login that may not delete disables what it wrote", async () => {
  const value = newValue();
  await secret("kept").check(FIRST);
  await secret("kept").deliver(value);
  google.denied.add("secretmanager.secrets.delete");
  await secret("kept").remove(deliveredBy(value));
  expect(statesOf("kept")).toEqual(["DISABLED"]);
});

test("a plan writes nothing, and asks for no value", async () => {
  const value = newValue();
  await secret("planned").check(FIRST);
  await secret("planned").deliver(value);
  const from = google.requests.length;
  await secret("planned").foresee!(AGAIN);
  await secret("planned").observe(deliveredBy(value));
  const asked = google.requests.slice(from).map((request) => request.split("/secrets")[1]);
  expect(asked).toEqual(Array(2).fill(["/planned", "/planned/versions/latest"]).flat());
});

test("a permission that is missing is named, with its object", async () => {
  google.denied.add("secretmanager.versions.add");
  await expect(secret("named").check(FIRST)).rejects.toMatchObject({
    message: expect.stringContaining("the login lacks secretmanager.versions.add") as string,
    remedy: expect.stringContaining(
      `Grant secretmanager.versions.add on secret named of project ${GOOGLE_PROJECT}`,
    ) as string,
  });
});
