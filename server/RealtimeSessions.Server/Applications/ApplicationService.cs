using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Applications;

/// <summary>
/// Applications and their roles, as callers read and change them. Every call is judged by what is stored, and a change replaces exactly what
/// it was judged by: who has lost a right changes nothing more, whichever server he calls.
/// </summary>
internal sealed class ApplicationService(
    ApplicationStore store, ApplicationCache cache, IRoleObserver observer, IOptions<ApplicationsOptions> options, IOptions<LimitsOptions> limits,
    TimeProvider time)
{
    public async Task<Result<Application>> CreateAsync(Caller caller, CreateApplicationRequest request)
    {
        if (!options.Value.Administrators.Contains(caller.UserId))
        {
            return ApplicationPolicy.CreationForbidden;
        }

        if (!ApplicationIds.IsWellFormed(request.ApplicationId))
        {
            return Error.InvalidArgument("$.applicationId", "must be 1 to 64 of the characters a-z 0-9 and -.");
        }

        var application = new Application
        {
            ApplicationId = request.ApplicationId,
            Name = request.Name,
            Description = request.Description ?? "",
            DraftVersion = 1,
            CreatedBy = caller.UserId,
            CreatedAt = Now,
        };
        var written = await WriteAsync(new ApplicationDocument(application, DefaultRoles.For(caller.UserId)), expectedVersion: 0);
        return !written.TryGet(out var isWritten, out var error) ? error
            : isWritten ? application
            : ApplicationPolicy.Conflict("There is, or was, an application of this id.");
    }

    public async Task<Result<Application>> GetAsync(Caller caller, ApplicationRequest request) =>
        (await ReadAsync(caller, request)).TryGet(out var present, out var error) ? present.Application : error;

    /// <summary>The applications that the caller may read.</summary>
    public async Task<Result<ApplicationList>> ListAsync(Caller caller) =>
        new ApplicationList(await store.FindReadableAsync(caller).ToListAsync());

    public Task<Result<Application>> PatchAsync(Caller caller, PatchApplicationRequest request) =>
        UpdateAsync(caller, request, (present, _) => ApplicationChanges.Patch(present, request));

    /// <summary>Makes a new draft.</summary>
    public Task<Result<Application>> CreateVersionAsync(Caller caller, ApplicationRequest request) =>
        UpdateAsync(caller, request, (present, _) => ApplicationChanges.CreateVersion(present));

    /// <summary>Turns the draft into the published version.</summary>
    public Task<Result<Application>> PublishAsync(Caller caller, ApplicationRequest request) =>
        UpdateAsync(caller, request, (present, _) => ApplicationChanges.Publish(present));

    /// <summary>Deletes an application with its roles. Its sessions are out of reach from now on, and removed in time.</summary>
    public async Task<Result<Empty>> DeleteAsync(Caller caller, ApplicationRequest request) =>
        (await ChangeAsync(caller, request, Permissions.ApplicationDelete, ApplicationChanges.Delete)).Error is { } error ? error : Empty.Value;

    public async Task<Result<RoleList>> ListRolesAsync(Caller caller, ApplicationRequest request) =>
        (await ReadAsync(caller, request)).TryGet(out var present, out var error) ? new RoleList(present.Roles) : error;

    public async Task<Result<Role>> GetRoleAsync(Caller caller, RoleRequest request) =>
        RoleOf(await ReadAsync(caller, request), request);

    public Task<Result<Role>> CreateRoleAsync(Caller caller, CreateRoleRequest request) =>
        UpdateRoleAsync(caller, request, (present, context) => RoleChanges.Create(present, request, context));

    public Task<Result<Role>> PatchRoleAsync(Caller caller, PatchRoleRequest request) =>
        UpdateRoleAsync(caller, request, (present, context) => RoleChanges.Patch(present, request, context));

    public async Task<Result<Empty>> DeleteRoleAsync(Caller caller, RoleRequest request) =>
        (await ChangeAsync(caller, request, Permissions.ApplicationUpdate, (present, _) => RoleChanges.Delete(present, request))).Error
            is { } error ? error : Empty.Value;

    /// <summary>Gives a role to a user or a group; nothing changes if he has it.</summary>
    public Task<Result<Role>> AddRoleParticipantAsync(Caller caller, RoleParticipantRequest request) =>
        UpdateRoleAsync(caller, request, (present, context) => RoleChanges.AddParticipant(present, request, context));

    /// <summary>Takes a role from a user or a group; nothing changes if he does not have it.</summary>
    public Task<Result<Role>> RemoveRoleParticipantAsync(Caller caller, RoleParticipantRequest request) =>
        UpdateRoleAsync(caller, request, (present, context) => RoleChanges.RemoveParticipant(present, request, context));

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private static Result<Role> RoleOf(Result<ApplicationDocument> application, RoleRequest request) =>
        !application.TryGet(out var present, out var error) ? error
            : present.FindRole(request.Name) is { } role ? role
            : ApplicationPolicy.RoleNotFound;

    private async Task<Result<Application>> UpdateAsync(Caller caller, ApplicationRequest request, Change change) =>
        (await ChangeAsync(caller, request, Permissions.ApplicationUpdate, change)).TryGet(out var changed, out var error)
            ? changed.Application
            : error;

    private async Task<Result<Role>> UpdateRoleAsync(Caller caller, RoleRequest request, Change change) =>
        RoleOf(await ChangeAsync(caller, request, Permissions.ApplicationUpdate, change), request);

    private async Task<Result<ApplicationDocument>> ReadAsync(Caller caller, ApplicationRequest request)
    {
        var entry = await store.GetAsync(request.ApplicationId);
        var present = entry is null ? null : ApplicationStore.Read(entry);
        return ApplicationPolicy.Refusal(present?.ToModel(), caller, Permissions.ApplicationRead) is { } refusal ? refusal : present!;
    }

    /// <summary>Judges and makes a change, again whenever another one came between.</summary>
    private async Task<Result<ApplicationDocument>> ChangeAsync(Caller caller, ApplicationRequest request, Permissions needs, Change change)
    {
        while (true)
        {
            var entry = await store.GetAsync(request.ApplicationId);
            var present = entry is null ? null : ApplicationStore.Read(entry);
            if (ApplicationPolicy.Refusal(present?.ToModel(), caller, needs) is { } refusal)
            {
                return refusal;
            }

            if (!change(present!, new ChangeContext(caller.UserId, Now, limits.Value)).TryGet(out var next, out var error))
            {
                return error;
            }

            if (ReferenceEquals(next, present))
            {
                return next;
            }

            if (!(await WriteAsync(next, entry!.Version)).TryGet(out var isWritten, out error))
            {
                return error;
            }

            if (isWritten)
            {
                if (!ReferenceEquals(next.Roles, present!.Roles))
                {
                    await observer.OnRolesChangedAsync(request.ApplicationId);
                }

                return next;
            }
        }
    }

    private async Task<Result<bool>> WriteAsync(ApplicationDocument document, long expectedVersion)
    {
        if (!(await store.PutAsync(document, expectedVersion)).TryGet(out var version, out var error))
        {
            return error;
        }

        if (version is { } written)
        {
            cache.Accept(document, written);
        }

        return version is not null;
    }

    private delegate Result<ApplicationDocument> Change(ApplicationDocument present, ChangeContext context);
}
