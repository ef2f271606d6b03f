/** The containers of today's platform, each with an image of its own. */
export const roles = {
  webserver: { port: 8080, cpu: 1000, memory: 2048, healthPath: "/api/v2/version" },
  scheduler: { port: 8974, cpu: 4000, memory: 12_288, healthPath: "/health" },
  "dag-processor": { port: 80, cpu: 1000, memory: 1024, healthPath: "/" },
} as const;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];
