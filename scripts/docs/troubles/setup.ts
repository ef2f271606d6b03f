import { FAULT, NETWORK, SUFFICIENT, type Troubles } from "./answers";

export const setup: Troubles = {
  "No Docker client with BuildKit was found on PATH: install Docker 20.10 or later with its buildx plugin.":
    SUFFICIENT,
  "No Docker engine answers: install Docker 20.10 or later (with buildx), start it, and let this user reach it.":
    SUFFICIENT,
  "dockerd …; the end of …:": {
    en: "The end of its log says why; a machine without root, or a container without privileges, cannot run it.",
    fr: "La fin de son log dit pourquoi ; une machine sans root, ou un conteneur sans privilèges, ne peut pas le faire tourner.",
  },
  "docker compose is missing: install Docker's compose plugin.": SUFFICIENT,
  "docker-registry is missing: install the Debian package `docker-registry` (apt-get install docker-registry)":
    SUFFICIENT,
  "pg_dump and pg_restore of PostgreSQL 16 are missing: install postgresql-client-16, or python3-pip to fetch them":
    SUFFICIENT,
  "… cannot be built from source: install Go … or newer (or Pulumi, if that is what is missing).":
    SUFFICIENT,
  "… is built from its Go module: install Go 1.25 or newer": SUFFICIENT,
  "… cannot be pulled, and a stand-in needs Debian, root and the package debootstrap.": {
    en: "Let this machine reach the registry of the image, or install `debootstrap` on a Debian machine with root.",
    fr: "Permettez à cette machine d’atteindre le registre de l’image, ou installez `debootstrap` sur une machine Debian avec root.",
  },
  "no answer within … s": NETWORK,
  "status …": NETWORK,
  "tools/pulumi/go.mod does not require …": FAULT,
  "… does not require …": FAULT,
};
