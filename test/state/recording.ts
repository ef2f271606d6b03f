import { Deployment } from "@pulumi/pulumi/automation";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What an environment was made with, and what was known of it when it was there. All secrets are an emulator's. */
export interface Recording {
  readonly passphrase: string;
  /** The account that deployed. */
  readonly account: Record<string, string>;
  /** The settings, by key. */
  readonly config: Record<string, string>;
  readonly state: Deployment;
}

/** The stack's name: it is part of names and of URNs. */
export const STACK = "recorded";

const file = (version: string) => join(__dirname, `${version}.json`);

/** The recording of a version of this package. */
export const readRecording = (version: string) =>
  JSON.parse(readFileSync(file(version), "utf8")) as Recording;

/** Keeps a recording under the version of this package, without what tells of the machine and decides nothing. */
export function writeRecording(version: string, recording: Recording): void {
  const left = ["stackTrace", "sourcePosition", "propertyDependencies"];
  const text = JSON.stringify(
    recording,
    (key, value) => (left.includes(key) ? undefined : value),
    1,
  );
  writeFileSync(file(version), `${text}\n`);
}
