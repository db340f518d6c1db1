/** Writes the JSON Schema of `glsa audit --format json` to the path that is its argument. */
import { writeFileSync } from "node:fs";
import { auditSchema } from "../../src/audit/outputs/json-schema";

const [path = "dist/audit-schema.json"] = process.argv.slice(2);
writeFileSync(path, `${JSON.stringify(auditSchema(), null, 2)}\n`);
