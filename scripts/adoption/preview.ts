/** A resource before or after an update, as `pulumi preview --json` shows it: `[secret]` stands for every secret. */
interface State {
  readonly type: string;
  readonly custom?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** What an update would do to one resource. */
export interface PreviewStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: State;
  readonly newState?: State;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
  readonly diffReasons?: readonly string[] | null;
}

/** What an update would do. */
export interface Preview {
  readonly steps?: readonly PreviewStep[];
}
