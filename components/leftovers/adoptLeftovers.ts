import * as pulumi from "@pulumi/pulumi";
import { Existing, Inputs, Lookup, lookups } from "./lookups";
import { deleteLostKeys } from "./lostKeys";
import { ownerTagOf } from "./mark";
import { ScalewayAccount, ScalewayApi } from "./scalewayApi";
import { stateIds } from "./stateIds";

const API_KEY = "scaleway:iam/apiKey:ApiKey";

/**
 * Lets an update go on where an interrupted one ended. What that one created without noting it in the state is imported
 * instead of created again: it has the name that is wanted, and the environment's mark among its tags. An API key, whose
 * secret is lost, is deleted. Previews look nothing up, and neither does a stack whose state Pulumi Cloud keeps.
 */
export function adoptLeftovers(account: ScalewayAccount): pulumi.ResourceTransform {
  const started = new Date();
  let opened: Promise<[ScalewayApi, Set<string>]> | undefined;
  return async ({ type, name, props, opts }) => {
    const lookup = lookups[type];
    const concerned = lookup !== undefined || type === API_KEY;
    if (!concerned || pulumi.runtime.isDryRun() || !isStateOurs()) return undefined;
    const [api, recorded] = await (opened ??= open(account));
    const inputs = await resolved(props);
    if (pulumi.containsUnknowns(inputs)) return undefined;
    if (!lookup) return deleteLostKeys(api, inputs, recorded, started);
    const { provider } = opts as pulumi.CustomResourceOptions;
    const find = async () => lookup.list(api, inputs, { provider });
    const id = await leftover({ ...lookup, find }, inputs, recorded);
    if (id === undefined) return undefined;
    pulumi.log.info(`${name} is there from an interrupted update and taken over: ${id}`);
    return { props, opts: pulumi.mergeOptions(opts, { import: id }) };
  };
}

/** The id of what exists under the wanted name and with our mark, though the state does not know it. */
async function leftover(
  { idInside, holder, find }: Omit<Lookup, "list"> & { find(): Promise<Existing[]> },
  inputs: Inputs,
  recorded: Set<string>,
): Promise<string | undefined> {
  const owner = ownerTagOf(inputs);
  const inside = idInside?.(inputs);
  if (inside === undefined ? !owner : recorded.has(inside)) return undefined;
  const isHeld = inside !== undefined || recorded.has(String(holder?.(inputs)));
  const isOurs = (each: Existing) => isHeld || ownerTagOf({ ...each }) === owner;
  const existing = (await find()).filter((each) => each.name === inputs.name && isOurs(each));
  const unknown = existing.filter(({ id }) => !recorded.has(id));
  const taken = unknown.length === existing.length ? unknown.shift() : undefined;
  for (const { id } of unknown) {
    pulumi.log.warn(
      `${String(inputs.name)} exists twice: a call that failed took effect all the same. Delete ${id}; it is not used.`,
    );
  }
  return taken?.importId ?? taken?.id;
}

/** Pulumi Cloud's engine cannot be asked for a state that is still empty. */
const isStateOurs = () => pulumi.getOrganization() === "organization";

async function open(account: ScalewayAccount): Promise<[ScalewayApi, Set<string>]> {
  return [new ScalewayApi(await resolved(account)), await stateIds()];
}

/** The value with everything in it; where some of it never gets known, as with `--target`, that is `unknown`. */
function resolved<T>(value: T): Promise<pulumi.Unwrap<T>> {
  const output = pulumi.output(value) as unknown as {
    apply(use: (value: pulumi.Unwrap<T>) => void, withUnknowns: boolean): void;
  };
  return new Promise((resolve) => output.apply(resolve, true));
}
