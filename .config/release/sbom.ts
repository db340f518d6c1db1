import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { version } from "../bundling.mjs";
import { BUN_VERSION, GO_TOOLCHAIN, LIBC_VERSION } from "./platforms";

interface Part {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly purl: string;
}

/** What the executables hold that is not glsa's, as CycloneDX. No serial number and no date, so that it is the same each time. */
export function sbom(packages: readonly string[]): string {
  const bom = new Models.Bom();
  bom.metadata.component = component(
    {
      name: "glsa",
      version,
      licence: "Apache-2.0",
      purl: `pkg:npm/glsa@${version}`,
    },
    Enums.ComponentType.Application,
  );
  for (const part of [...packages.map(npmPart), ...OTHER_PARTS])
    bom.components.add(component(part));
  const serializer = new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
  );
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

const OTHER_PARTS: readonly Part[] = [
  {
    name: "bun",
    version: BUN_VERSION,
    licence: "MIT",
    purl: `pkg:npm/bun@${BUN_VERSION}`,
  },
  {
    name: "libc6",
    version: LIBC_VERSION,
    licence: "LGPL-2.1-or-later",
    purl: `pkg:deb/debian/libc6@${encodeURIComponent(LIBC_VERSION)}?distro=bookworm`,
  },
  {
    name: "go",
    version: GO_TOOLCHAIN.replace("go", ""),
    licence: "BSD-3-Clause",
    purl: `pkg:golang/std@${GO_TOOLCHAIN.replace("go", "")}`,
  },
];

function npmPart(name: string): Part {
  const path = join("node_modules", name, "package.json");
  const about = JSON.parse(readFileSync(path, "utf8")) as { version: string; license: string };
  return {
    name,
    version: about.version,
    licence: about.license,
    purl: `pkg:npm/${name.replace("@", "%40")}@${about.version}`,
  };
}

function component(part: Part, type = Enums.ComponentType.Library): Models.Component {
  const { name, version, licence, purl } = part;
  const expression = /\s/.test(licence)
    ? new Models.LicenseExpression(licence)
    : new Models.SpdxLicense(licence as ConstructorParameters<typeof Models.SpdxLicense>[0]);
  return new Models.Component(type, name, {
    version,
    purl,
    bomRef: purl,
    licenses: new Models.LicenseRepository([expression]),
  });
}
