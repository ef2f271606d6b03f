import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(__dirname, "../..");

/** The messages that people meet in each place. */
const places = {
  deploying: () => files(["components/**/*.ts"]).flatMap(ofTypeScript),
  logs: () => files(["airflow/start/*.py"]).flatMap(ofPython),
  commands: () => files(["scripts/**/*.ts"]).flatMap(ofTypeScript),
  setup: () => files(["tools/**/*.ts"]).flatMap(ofTypeScript),
};
/** Where people meet a message. */
export type Place = keyof typeof places;

/** The errors that end what people do, as the sources make them, by where people meet them; `…` stands for what is filled in. */
export function messages(): Record<Place, string[]> {
  const found = Object.entries(places).map(([place, made]) => [
    place,
    [...new Set(made())].filter(saysSomething).sort(),
  ]);
  return Object.fromEntries(found) as Record<Place, string[]>;
}

/** What only those see who change this project. */
const INTERNAL = [
  "scripts/docs/**",
  "scripts/airflowSettings.ts",
  "tools/providers/**",
  "tools/scaleway-provider/**",
];

const files = (patterns: string[]) =>
  globSync(patterns, { cwd: root, exclude: INTERNAL }).map((file) =>
    readFileSync(join(root, file), "utf8"),
  );

/** Whether more is written than what is filled in. */
const saysSomething = (message: string) => /[a-z]{3}/i.test(message);

/** What is called with a message for people. */
const TELLING = /(Error|Refused|UpdateFailed)$|^pulumi\.log\.(warn|error)$/;

/** What is handed to whatever tells people something, and each `refusal`. */
const ofTypeScript = (source: string) =>
  textsIn(source, (node) => {
    if (ts.isTaggedTemplateExpression(node)) {
      return node.tag.getText() === "refusal" ? node : undefined;
    }
    if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return undefined;
    return TELLING.test(node.expression.getText()) ? node.arguments?.[0] : undefined;
  });

/** The messages of the rules about settings: each `message` of what a rule has found. */
export const ruleMessages = (): string[] =>
  files(["components/checks/rules/**/*.ts"])
    .flatMap((source) =>
      textsIn(source, (node) =>
        (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
        node.name.getText() === "message"
          ? node.initializer
          : undefined,
      ),
    )
    .filter(saysSomething);

/** The first line of the text that each expression makes that is picked in a source. */
function textsIn(source: string, pick: (node: ts.Node) => ts.Expression | undefined): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const picked = pick(node);
    if (picked) texts.push(written(picked).trim().split("\n")[0]!);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true));
  return texts;
}

/** The text that an expression makes. */
function written(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTaggedTemplateExpression(node)) return written(node.template);
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  }
  if (ts.isBinaryExpression(node)) return written(node.left) + written(node.right);
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.map(written).filter(saysSomething)[0] ?? "…";
  }
  if (ts.isCallExpression(node)) return writtenByCall(node);
  return ts.isIdentifier(node) ? declared(node) : "…";
}

/** `[…].join("\n")`, or a function of the same file. */
function writtenByCall({ expression }: ts.CallExpression): string {
  if (ts.isPropertyAccessExpression(expression)) return written(expression.expression);
  return ts.isIdentifier(expression) ? declared(expression) : "…";
}

/** The text of a constant, or the first that a function gives, by its declaration in the same file. */
function declared(name: ts.Identifier): string {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const isIt =
      (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) &&
      node.name?.getText() === name.text;
    if (isIt) texts.push(...given(node));
    else ts.forEachChild(node, visit);
  };
  visit(name.getSourceFile());
  return texts[0] ?? "…";
}

/** What a declaration gives: its value, the result of an arrow, or what a function returns. */
function given(node: ts.VariableDeclaration | ts.FunctionDeclaration): string[] {
  if (ts.isFunctionDeclaration(node)) {
    const returns = node.body!.statements.filter(ts.isReturnStatement);
    return returns.map(({ expression }) => written(expression!));
  }
  const { initializer } = node;
  if (!initializer) return [];
  const result = ts.isArrowFunction(initializer) ? initializer.body : initializer;
  return ts.isBlock(result) ? [] : [written(result)];
}

/** What is handed to `SystemExit` and to `sys.exit`, also by a function of the same file. */
function ofPython(source: string): string[] {
  const direct = source.matchAll(/(?:SystemExit|sys\.exit)\(\s*((?:f?"[^"]*"\s*)+)/g);
  const byFunction = [...source.matchAll(/SystemExit\((\w+)\(/g)].flatMap(([, name]) => [
    ...source.matchAll(new RegExp(`def ${name}\\([^]*?return \\(?\\s*((?:f?"[^"]*"\\s*)+)`, "g")),
  ]);
  return [...direct, ...byFunction].map(([, literals]) =>
    [...literals!.matchAll(/"([^"]*)"/g)]
      .map(([, text]) => text!.replace(/\{[^}]*\}/g, "…"))
      .join("")
      .replace(/\\n.*/, ""),
  );
}
