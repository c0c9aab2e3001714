import { Link } from "wouter";
import { Age } from "../../design/age";
import { SpaceRole, type Space } from "../data/resources";

/** A space. */
export function SpaceCard({ space: { spaceId, name, details, members, updatedAt }, self }: { readonly space: Space; readonly self: number }) {
  const isOwner = members.find(member => member.userId === self)?.role === SpaceRole.Owner;
  return (
    <Link href={`/spaces/${spaceId}`} className="card">
      <h3>{name}</h3>
      {details && <p className="excerpt">{details}</p>}
      <span className="row">
        <span className="badge">{members.length} {members.length === 1 ? "member" : "members"}</span>
        {isOwner && <span className="badge accent">owner</span>}
        <Age of={updatedAt} />
      </span>
    </Link>
  );
}
