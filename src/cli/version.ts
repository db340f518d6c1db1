/** The package's version; the build puts it in. */
export const VERSION = process.env["GLSA_VERSION"] ?? "0.0.0";
