import { Avatar } from "../design/avatar";
import { usePersonName } from "./directory";

/** What somebody is called. */
export function PersonName({ userId }: { readonly userId: number }) {
  return <>{usePersonName(userId)}</>;
}

/** Somebody's disc. */
export function PersonAvatar({ userId }: { readonly userId: number }) {
  return <Avatar id={String(userId)} name={usePersonName(userId)} />;
}
