import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workspaceName } from "../../../src/provider/terraform/engine";

test("the workspace is what TF_WORKSPACE, or the last choice, says", () => {
  const folder = mkdtempSync(join(tmpdir(), "glsa-workspace-"));
  expect(workspaceName({}, folder)).toBe("default");
  for (const data of [".terraform", "data"]) {
    mkdirSync(join(folder, data));
    writeFileSync(join(folder, data, "environment"), `of-${data}\n`);
  }
  expect(workspaceName({}, folder)).toBe("of-.terraform");
  expect(workspaceName({ TF_DATA_DIR: "data" }, folder)).toBe("of-data");
  expect(workspaceName({ TF_DATA_DIR: join(folder, "data") }, "/")).toBe("of-data");
  expect(workspaceName({ TF_WORKSPACE: "chosen" }, folder)).toBe("chosen");
});
