import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Inputs } from "./lookups";

/** A short text that tells what one stack created from all that exists, also from its namesakes of another state. */
export function ownerMark(name: string, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const args = { length: 10, special: false, upper: false };
  return pulumi.unsecret(new random.RandomPassword(name, args, opts).result);
}

/** The mark as a tag, or as a description where there are no tags. */
export const ownerTag = (mark: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi.interpolate`owner:${mark}`;

/** The owner's tag among a resource's tags or in its description. */
export function ownerTagOf({ tags = {}, description }: Inputs): string | undefined {
  const pairs = Array.isArray(tags) ? [] : Object.entries(tags as object);
  const texts = [
    description,
    ...(Array.isArray(tags) ? tags : pairs.map((pair) => pair.join(":"))),
  ];
  return texts.find((text) => String(text).startsWith("owner:")) as string | undefined;
}
