import { existsSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ownPlatform } from "../../engine";
import { CodedError } from "../../model/code";
import { VERSION } from "../version";

/** One file of a package: where it lies, and where it goes. */
export interface PackageFile {
  readonly from: string;
  readonly name: string;
  readonly isExecutable: boolean;
}

/** A provider's package as an engine unpacks it. */
export interface ProviderPackage {
  readonly platforms: readonly string[];
  readonly files: readonly PackageFile[];
}

/** The script for Node is the same bytes everywhere. */
const PLATFORMS_OF_SCRIPT = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];

const PROGRAM = `terraform-provider-glsa_v${VERSION}`;

/** The provider that this command brings along. */
export function ownPackage(): ProviderPackage {
  return process.versions["bun"] === undefined ? scriptPackage() : executablePackage();
}

function scriptPackage(): ProviderPackage {
  if (process.platform === "win32") {
    throw new CodedError(
      "unsupported-system",
      "On Windows engines start only an .exe, and this is glsa for Node. Take the executable: glsa install --from with a release.",
    );
  }
  // npm starts commands through a link.
  const from = join(dirname(realpathSync(process.argv[1] ?? "")), "terraform-provider-glsa.js");
  if (!existsSync(from))
    throw new CodedError(
      "incomplete-package",
      "the package contains no provider; install glsa again",
    );
  return { platforms: PLATFORMS_OF_SCRIPT, files: [{ from, name: PROGRAM, isExecutable: true }] };
}

/** The files of the archive that this executable was unpacked from; of them only the program's name differs. */
function executablePackage(): ProviderPackage {
  const folder = dirname(process.execPath);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const texts = ["LICENSE", "THIRD_PARTY_LICENSES.txt"];
  const runtime = process.platform === "linux" ? filesBelow(folder, "glsa-runtime") : [];
  const names = [...texts, ...runtime];
  const isWhole = process.platform !== "linux" || runtime.length > 0;
  if (!isWhole || names.some((name) => !existsSync(join(folder, name)))) {
    throw new CodedError(
      "incomplete-package",
      "the package contains no provider; install glsa again",
    );
  }
  const program = { from: process.execPath, name: `${PROGRAM}${suffix}`, isExecutable: true };
  const others = names.map((name) => ({
    from: join(folder, name),
    name,
    isExecutable: !texts.includes(basename(name)),
  }));
  return { platforms: [ownPlatform()], files: [program, ...others] };
}

function filesBelow(folder: string, name: string): string[] {
  const path = join(folder, name);
  return existsSync(path) ? readdirSync(path).map((file) => `${name}/${file}`) : [];
}
