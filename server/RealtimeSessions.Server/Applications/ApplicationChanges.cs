using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Applications;

/// <summary>What a change goes by besides its request.</summary>
/// <param name="UserId">Who changes.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Limits">The limits.</param>
internal sealed record ChangeContext(string UserId, DateTimeOffset Now, LimitsOptions Limits);

/// <summary>What changes make of an application. A change of nothing gives the same document.</summary>
internal static class ApplicationChanges
{
    public static Result<ApplicationDocument> Patch(ApplicationDocument present, PatchApplicationRequest request)
    {
        var patched = present.Application with
        {
            Name = request.Name ?? present.Application.Name,
            Description = request.Description ?? present.Application.Description,
        };
        return patched == present.Application ? present : present with { Application = patched };
    }

    public static Result<ApplicationDocument> CreateVersion(ApplicationDocument present) => present.Application.DraftVersion is null
        ? present with { Application = present.Application with { DraftVersion = (present.Application.PublishedVersion ?? 0) + 1 } }
        : ApplicationPolicy.Conflict("There is a draft already; publish it first.");

    public static Result<ApplicationDocument> Publish(ApplicationDocument present) => present.Application.DraftVersion is { } draft
        ? present with { Application = present.Application with { DraftVersion = null, PublishedVersion = draft } }
        : ApplicationPolicy.Conflict("There is no draft that could be published.");

    public static Result<ApplicationDocument> Delete(ApplicationDocument present, ChangeContext context) =>
        present with { Roles = [], DeletedAt = context.Now };
}
