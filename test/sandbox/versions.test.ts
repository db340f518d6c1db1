import { startSandbox, VERSIONS } from "../../src/sandbox";

test("every minor release from 17.11 to 19.6 can be chosen, and says so", async () => {
  const minors = (major: number, last: number) =>
    Array.from({ length: last + 1 }, (_, minor) => `${major}.${minor}`);
  expect(VERSIONS).toEqual(["17.11", ...minors(18, 11), ...minors(19, 6)]);
  for (const version of VERSIONS) {
    const { url, token, close } = await startSandbox({ version });
    const headers = { "PRIVATE-TOKEN": token };
    const response = await fetch(`${url}/api/v4/metadata`, { headers });
    const metadata = (await response.json()) as { version: string };
    expect(metadata.version).toMatch(new RegExp(`^${version.replace(".", "\\.")}\\.\\d+-ee$`));
    await close();
  }
});
