import { Avatar } from "../../design/avatar";
import { usePersonName } from "../data/directory";

/** What somebody is called. */
export function PersonName({ userId }: { readonly userId: number }) {
  return <>{usePersonName(userId)}</>;
}

/** Somebody's disc. His subject, which colours it elsewhere, is not told here. */
export function PersonAvatar({ userId }: { readonly userId: number }) {
  const name = usePersonName(userId);
  return <Avatar id={name} name={name} />;
}
