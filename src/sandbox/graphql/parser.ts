import type {
  Argument,
  Directive,
  Document,
  FieldSelection,
  Location,
  Operation,
  Selection,
  Value,
  VariableDefinition,
} from "./document";
import { SyntaxProblem } from "./errors";
import { stringValue, tokensOf, type Token, type TokenKind } from "./lexer";

/** Parses what clients send: operations and fragments, no type definitions. */
export function parseDocument(text: string): Document {
  return new Parser(tokensOf(text)).document();
}

const deepestNesting = 100;
const operationKinds = ["query", "mutation", "subscription"] as const;

class Parser {
  private position = 0;
  private nesting = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  document(): Document {
    const operations: Operation[] = [];
    const fragments = new Map<string, readonly Selection[]>();
    do {
      if (this.takeWord("fragment")) {
        const name = this.name();
        this.typeCondition();
        this.directives();
        fragments.set(name, this.selections());
      } else operations.push(this.operation());
    } while (this.current().kind !== "END");
    return { operations, fragments };
  }

  private operation(): Operation {
    if (this.current().kind === "LCURLY") {
      return { kind: "query", variables: [], selections: this.selections() };
    }
    const kind = operationKinds.find((word) => this.takeWord(word));
    if (kind === undefined) throw this.unexpected("one of SCHEMA, QUERY, MUTATION, FRAGMENT");
    const name = this.current().kind === "IDENTIFIER" ? this.name() : undefined;
    const variables = this.listBetween("LPAREN", "RPAREN", () => this.variable());
    this.directives();
    return { kind, name, variables, selections: this.selections() };
  }

  private variable(): VariableDefinition {
    const { location } = this.expect("VAR_SIGN");
    const name = this.name();
    this.expect("COLON");
    const type = this.type();
    const fallback = this.take("EQUALS") ? this.value() : undefined;
    this.directives();
    return { name, type, fallback, location };
  }

  private type(): string {
    let text: string;
    if (this.take("LBRACKET")) {
      text = `[${this.nested(() => this.type())}]`;
      this.expect("RBRACKET");
    } else text = this.name();
    return this.take("BANG") ? `${text}!` : text;
  }

  private selections(): Selection[] {
    return this.nested(() => {
      this.expect("LCURLY");
      const selections: Selection[] = [];
      do selections.push(this.selection());
      while (!this.take("RCURLY"));
      return selections;
    });
  }

  private selection(): Selection {
    const { location } = this.current();
    if (!this.take("ELLIPSIS")) return this.field(location);
    const { kind, text } = this.current();
    if (kind === "IDENTIFIER" && text !== "on") {
      return { kind: "spread", name: this.name(), directives: this.directives(), location };
    }
    if (kind === "IDENTIFIER") this.typeCondition();
    return { kind: "inline", directives: this.directives(), selections: this.selections() };
  }

  private field(location: Location): FieldSelection {
    const key = this.name();
    const name = this.take("COLON") ? this.name() : key;
    const given = this.arguments();
    const directives = this.directives();
    const selections = this.current().kind === "LCURLY" ? this.selections() : [];
    return { kind: "field", key, name, arguments: given, directives, selections, location };
  }

  private arguments(): Argument[] {
    return this.listBetween("LPAREN", "RPAREN", () => {
      const { location } = this.current();
      const name = this.name();
      this.expect("COLON");
      return { name, value: this.value(), location };
    });
  }

  private directives(): Directive[] {
    const directives: Directive[] = [];
    while (this.take("DIR_SIGN")) {
      directives.push({ name: this.name(), arguments: this.arguments() });
    }
    return directives;
  }

  private value(): Value {
    const { kind, text, location } = this.current();
    switch (kind) {
      case "VAR_SIGN":
        this.position++;
        return { kind: "variable", name: this.name(), location };
      case "INT":
      case "FLOAT":
        this.position++;
        return { kind: "constant", value: Number(text) };
      case "STRING":
        this.position++;
        return { kind: "constant", value: stringValue(text) };
      case "LBRACKET": {
        const read = () => this.listBetween("LBRACKET", "RBRACKET", () => this.value(), 0);
        return { kind: "list", items: this.nested(read) };
      }
      case "LCURLY":
        return { kind: "object", fields: this.nested(() => this.objectFields()) };
      default:
        return { kind: "constant", value: wordValue(this.name()) };
    }
  }

  private objectFields(): Record<string, Value> {
    const pairs = this.listBetween(
      "LCURLY",
      "RCURLY",
      (): [string, Value] => {
        const name = this.name();
        this.expect("COLON");
        return [name, this.value()];
      },
      0,
    );
    return Object.fromEntries(pairs);
  }

  private typeCondition(): void {
    if (!this.takeWord("on")) throw this.unexpected("ON");
    this.name();
  }

  /** Items between brackets, or none if the opening one is missing. */
  private listBetween<T>(open: TokenKind, close: TokenKind, read: () => T, least = 1): T[] {
    if (!this.take(open)) return [];
    const items: T[] = [];
    while (items.length < least || this.current().kind !== close) items.push(read());
    this.expect(close);
    return items;
  }

  /** Parses something that may contain more of its kind, within limits. */
  private nested<T>(read: () => T): T {
    const { location } = this.current();
    this.nesting += 1;
    if (this.nesting > deepestNesting) {
      throw new SyntaxProblem("This query is too large to execute.", [location]);
    }
    const result = read();
    this.nesting -= 1;
    return result;
  }

  private current(): Token {
    const token = this.tokens[this.position];
    if (token === undefined) throw new SyntaxProblem("Unexpected end of document", []);
    return token;
  }

  private take(kind: TokenKind): boolean {
    if (this.current().kind !== kind) return false;
    this.position++;
    return true;
  }

  private takeWord(word: string): boolean {
    const { kind, text } = this.current();
    if (kind !== "IDENTIFIER" || text !== word) return false;
    this.position++;
    return true;
  }

  private expect(kind: TokenKind): Token {
    const token = this.current();
    if (!this.take(kind)) throw this.unexpected(kind);
    return token;
  }

  private name(): string {
    const { kind, text } = this.current();
    if (kind !== "IDENTIFIER") throw this.unexpected("NAME");
    this.position++;
    return text;
  }

  private unexpected(wanted: string): SyntaxProblem {
    const { kind, text, location } = this.current();
    if (kind === "END") return new SyntaxProblem("Unexpected end of document", []);
    const actual = `${kind} (${JSON.stringify(text)})`;
    const place = `[${location.line}, ${location.column}]`;
    return new SyntaxProblem(`Expected ${wanted}, actual: ${actual} at ${place}`, [location]);
  }
}

/** Words that are values; others name a member of an enumeration. */
function wordValue(word: string): string | boolean | null {
  const constants = new Map<string, boolean | null>([
    ["true", true],
    ["false", false],
    ["null", null],
  ]);
  return constants.has(word) ? (constants.get(word) ?? null) : word;
}
