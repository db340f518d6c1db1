// Starts a server of the Model Context Protocol, calls its tools in order, and prints what they answered.
// Arguments: the folder of the packages, the server's script. CALLS holds the calls as JSON.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, script] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { Client } = await load("@modelcontextprotocol/sdk/client/index.js");
const { StdioClientTransport } = await load("@modelcontextprotocol/sdk/client/stdio.js");

const client = new Client({ name: "test", version: "1.0.0" }, { capabilities: {} });
const options = { command: process.execPath, args: [script], env: process.env, stderr: "ignore" };
await client.connect(new StdioClientTransport(options));
const answers = {};
for (const [name, args] of JSON.parse(process.env.CALLS)) {
  try {
    const { content } = await client.callTool({ name, arguments: args });
    answers[name] = JSON.parse(content[0].text);
  } catch (error) {
    answers[name] = { error: String(error) };
  }
}
process.stdout.write(JSON.stringify(answers));
await client.close();
