/** A resource as an update made it; times are in seconds since the update began. */
export interface Made {
  readonly urn: string;
  readonly begun: number;
  readonly ended: number;
  /** URNs of what it depends on. */
  readonly dependencies: readonly string[];
}

/** A resource on the longest chain. */
export interface Link {
  /** Its name in the program. */
  readonly name: string;
  readonly begun: number;
  /** Seconds since the link before was made, or the update began. */
  readonly waited: number;
  readonly took: number;
}

/** The chain that decided how long an update took: from what was made last back to what each waited for longest. */
export function longestChain(made: readonly Made[]): Link[] {
  const byUrn = new Map(made.map((each) => [each.urn, each]));
  const chain: Link[] = [];
  for (let last = latest(made); last;) {
    const before = latest(last.dependencies.flatMap((urn) => byUrn.get(urn) ?? []));
    chain.unshift(link(last, before));
    last = before;
  }
  return chain;
}

function latest(made: readonly Made[]): Made | undefined {
  return made.reduce<Made | undefined>(
    (last, each) => (last && last.ended >= each.ended ? last : each),
    undefined,
  );
}

function link({ urn, begun, ended }: Made, before?: Made): Link {
  const name = urn.split("::").at(-1)!;
  return { name, begun, waited: begun - (before?.ended ?? 0), took: ended - begun };
}
