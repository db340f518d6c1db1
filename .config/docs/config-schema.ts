/** Writes the JSON Schema of `glsa.config.json` to the path that is its argument. */
import { writeFileSync } from "node:fs";
import { configSchema } from "../../src/config";

const [path = "dist/config-schema.json"] = process.argv.slice(2);
writeFileSync(path, `${JSON.stringify(configSchema(), null, 2)}\n`);
