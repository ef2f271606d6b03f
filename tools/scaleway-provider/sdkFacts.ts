import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import type { Facts } from "./facts";

/** The facts of one resource or data source as the type declarations of a Pulumi npm SDK have them. */
export function sdkFacts(sdkFolder: string, token: string): Facts {
  const facts: Facts = new Map();
  const [, path, className] = token.split(":") as [string, string, string];
  const module = path.replace(/^index\//, "");
  const source = parse(join(sdkFolder, `${module}.d.ts`));
  // The function `getVersion` takes `GetVersionArgs` and gives a `GetVersionResult`.
  const name = className[0]!.toUpperCase() + className.slice(1);
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement)) {
      if (statement.name.text === `${name}Args`) describeMembers("input", statement.members);
      if (statement.name.text === `${name}Result`) describeMembers("output", statement.members);
    } else if (ts.isClassDeclaration(statement) && statement.name?.text === className) {
      describeMembers("output", statement.members);
    }
  }
  for (const name of secretOutputs(join(sdkFolder, `${module}.js`)))
    facts.set(`secret ${name}`, "yes");
  return facts;

  function describeMembers(
    path: string,
    members: Iterable<ts.TypeElement | ts.ClassElement>,
  ): void {
    for (const member of members) {
      if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) continue;
      if (!member.type) continue;
      const name = (member.name as ts.Identifier).text;
      const required = path.startsWith("input") && !member.questionToken;
      describe(`${path}.${name}`, member.type, required ? " (required)" : "");
    }
  }

  function describe(path: string, node: ts.TypeNode, required: string): void {
    const type = unwrap(node);
    if (ts.isArrayTypeNode(type)) return describe(`${path}[]`, type.elementType, required);
    const [index] = ts.isTypeLiteralNode(type) ? type.members : [];
    if (index && ts.isIndexSignatureDeclaration(index))
      return describe(`${path}{}`, index.type, required);
    if (!ts.isTypeReferenceNode(type)) return void facts.set(path, type.getText() + required);
    const [side, ...name] = type.typeName.getText().split(".") as [string, ...string[]];
    if (side === "enums") return void facts.set(path, `string${required}`);
    facts.set(path, `object${required}`);
    const types = nestedTypes(join(sdkFolder, "types", `${side.slice(0, -1)}.d.ts`));
    const declaration = types.get(name.join("."));
    if (!declaration) throw new Error(`${token}: no type ${type.getText()} in the SDK`);
    describeMembers(path, declaration.members);
  }
}

/** `pulumi.Input<T | undefined>` and `pulumi.Output<T>` are both `T`. */
function unwrap(node: ts.TypeNode): ts.TypeNode {
  if (ts.isUnionTypeNode(node)) {
    const [first] = node.types.filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword);
    return unwrap(first!);
  }
  const isWrapper =
    ts.isTypeReferenceNode(node) && /^pulumi\.(Input|Output)$/.test(node.typeName.getText());
  return isWrapper ? unwrap(node.typeArguments![0]!) : node;
}

const parsed = new Map<string, ts.SourceFile>();

function parse(file: string): ts.SourceFile {
  let source = parsed.get(file);
  if (!source) {
    source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    parsed.set(file, source);
  }
  return source;
}

/** The interfaces of a file of nested types, by name and, where they are in one, with their namespace. */
function nestedTypes(file: string): Map<string, ts.InterfaceDeclaration> {
  const types = new Map<string, ts.InterfaceDeclaration>();
  const collect = (prefix: string, statements: Iterable<ts.Statement>) => {
    for (const statement of statements) {
      if (ts.isInterfaceDeclaration(statement)) types.set(prefix + statement.name.text, statement);
      const body = ts.isModuleDeclaration(statement) ? statement.body : undefined;
      if (body && ts.isModuleBlock(body)) {
        collect(`${(statement as ts.ModuleDeclaration).name.text}.`, body.statements);
      }
    }
  };
  collect("", parse(file).statements);
  return types;
}

/** Which outputs the SDK's class marks as secret; its declarations do not say. */
function secretOutputs(file: string): string[] {
  const [, list] = /additionalSecretOutputs: (\[[^\]]*\])/.exec(readFileSync(file, "utf8")) ?? [];
  return list ? (JSON.parse(list) as string[]) : [];
}
