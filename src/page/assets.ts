/** The style of all pages, and the program of the estate's: compiled and inserted by the build. */
export function pageStyle(): string {
  return built(process.env["GLSA_PAGE_STYLE"]);
}

export function estateProgram(): string {
  return built(process.env["GLSA_PAGE_PROGRAM"]);
}

function built(text: string | undefined): string {
  if (text === undefined)
    throw new Error("Pages can be written only by a built glsa: npm run build.");
  return text;
}
