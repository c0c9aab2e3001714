import { colorOf } from "../lib/color";

interface AvatarProps {
  readonly id: string;
  /** Default: the id. */
  readonly name?: string;
  /** What it says beside the name, such as where the person is. */
  readonly note?: string;
  /** Whether it is a group, which is a square. Default false. */
  readonly isGroup?: boolean;
}

/** A person as a coloured disc with his first letter; the same person has the same colour everywhere. */
export function Avatar({ id, name = id, note, isGroup = false }: AvatarProps) {
  const label = [isGroup ? `group ${name}` : name, note].filter(Boolean).join(", ");
  return <span className={isGroup ? "avatar group" : "avatar"} style={{ backgroundColor: colorOf(id) }} role="img" aria-label={label} title={label}>{[...name][0]?.toUpperCase() ?? "?"}</span>;
}
