/** Engines know a provider's package by system and architecture alone, in the words of Go. */
export interface Platform {
  readonly os: "darwin" | "linux" | "windows";
  readonly architecture: "amd64" | "arm64";
  /** The npm package with the runtime, and what its registry says of the archive's content. */
  readonly runtime: { readonly package: string; readonly integrity: string };
  /** The C library that travels along, for machines with none or another one. */
  readonly libc?: { readonly sha256: string; readonly triplet: string; readonly loader: string };
}

export const BUN_VERSION = "1.4.5";
export const LIBC_VERSION = "2.36-9+deb12u14";
/** Of the launcher; served by the module proxy where the machine has another one. */
export const GO_TOOLCHAIN = "go1.26.8";

export const PLATFORMS: readonly Platform[] = [
  {
    os: "linux",
    architecture: "amd64",
    runtime: {
      package: "@oven/bun-linux-x64",
      integrity:
        "sha512-IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==",
    },
    libc: {
      sha256: "ba4f88f73dbc3ae9055f3c20f4523bfdbaf1ad13ff95e258924f77d20b4fbedf",
      triplet: "x86_64-linux-gnu",
      loader: "ld-linux-x86-64.so.2",
    },
  },
  {
    os: "linux",
    architecture: "arm64",
    runtime: {
      package: "@oven/bun-linux-aarch64",
      integrity:
        "sha512-4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==",
    },
    libc: {
      sha256: "01f4330719fd4f65580e16ea5a0527f372fca750e8f588d26deaf09f2d3b1cf4",
      triplet: "aarch64-linux-gnu",
      loader: "ld-linux-aarch64.so.1",
    },
  },
  {
    os: "darwin",
    architecture: "amd64",
    runtime: {
      package: "@oven/bun-darwin-x64",
      integrity:
        "sha512-qkLPMGHZM9NI6CeHTWwVezzmlo6cC4Ta7yUAjYIWXS366qQcOlcp75t2uZyiuVRBMPS0h9qE0tCcvCHGaFqjJg==",
    },
  },
  {
    os: "darwin",
    architecture: "arm64",
    runtime: {
      package: "@oven/bun-darwin-aarch64",
      integrity:
        "sha512-4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==",
    },
  },
  {
    os: "windows",
    architecture: "amd64",
    runtime: {
      package: "@oven/bun-windows-x64",
      integrity:
        "sha512-FNvply651vcE/GHgNWz6mZvhmkwBuu8Hw54oNzA+CQog+HW+542rXQmZqNHRkFxazD9L3xi+iTtvO3engAgJfw==",
    },
  },
  {
    os: "windows",
    architecture: "arm64",
    runtime: {
      package: "@oven/bun-windows-aarch64",
      integrity:
        "sha512-MiPFZnBNDnBXgr1oONc5pizC4fOLjnIOfNkYdFEnWzLmoFTg86naZIG3SvS7d/GglpQSAnCKMAzSjI/TAckiRw==",
    },
  },
];

export function platformName({ os, architecture }: Platform): string {
  return `${os}_${architecture}`;
}

/** The platforms of these names, `linux_amd64` and so on; all where none is named. */
export function platformsNamed(names: readonly string[] | undefined): Platform[] {
  if (names === undefined) return [...PLATFORMS];
  return names.map((name) => {
    const found = PLATFORMS.find((platform) => platformName(platform) === name);
    if (found !== undefined) return found;
    throw new Error(
      `There is no platform "${name}". There are ${PLATFORMS.map(platformName).join(", ")}.`,
    );
  });
}
