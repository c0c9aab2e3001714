using System.Security.Claims;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Directory;

/// <summary>Makes callers of principals, in the groups of their tokens and of the directory.</summary>
internal sealed class Callers(UserDirectory users, IOptions<IdentityOptions> identity, IOptions<DirectoryOptions> options)
{
    /// <summary>Whether callers are in groups of the directory at all.</summary>
    public bool HaveDirectory => options.Value.Enabled;

    /// <summary>Who calls, as his token says it.</summary>
    public Caller Read(ClaimsPrincipal principal) => Caller.From(principal, identity.Value.GroupsClaim);

    /// <summary>Who calls, as his token and the directory say it. He is entered in the directory if he is not in it yet.</summary>
    /// <exception cref="EngineUnavailableException">He is not known here, and the engine could not be reached.</exception>
    public async ValueTask<Caller> FindAsync(ClaimsPrincipal principal)
    {
        var caller = Read(principal);
        return HaveDirectory ? caller.In((await users.EnterAsync(caller)).NameGroups()) : caller;
    }
}
