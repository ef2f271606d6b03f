/** The public address that Scaleway gives to a container. */
export function publicEndpoint(
  namespace: { id: string; name: string },
  container: string,
  region: string,
): string {
  const stem = namespace.name.replaceAll("-", "").slice(0, 20);
  return `https://${stem}${namespace.id.slice(0, 8)}-${container}.functions.fnc.${region}.scw.cloud`;
}
