import { invalidOption } from "./invalid-option";
import { fileToWrite } from "./write-report";

/** A further file to write. */
export interface Output<Format> {
  readonly format: Format;
  readonly path: string;
}

/** What reads `<format>=<path>`, which may be given several times. */
export function outputAdder<Format extends string>(formats: readonly Format[], example: string) {
  return (text: string, before: readonly Output<Format>[]): readonly Output<Format>[] => {
    const at = text.indexOf("=");
    const name = text.slice(0, Math.max(at, 0));
    const format = formats.find((each) => each === name);
    const path = text.slice(at + 1);
    if (format === undefined || path === "") {
      throw invalidOption(
        `It must be <format>=<path>, such as ${example}. Formats: ${formats.join(", ")}.`,
      );
    }
    return [...before, { format, path: fileToWrite(path) }];
  };
}
