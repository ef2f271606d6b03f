import { RunError } from "@pulumi/pulumi";

/** Ends the update with this text. In a plain `RunError`, Pulumi puts every property that waited for the value before it. */
export class UpdateFailed extends RunError {
  constructor(text: string) {
    super(text);
    Object.defineProperty(this, "message", { get: () => text, set: () => {} });
  }
}
