namespace RealtimeSessions.Server.Applications;

/// <summary>Is told of changes of roles by the server that made them.</summary>
internal interface IRoleObserver
{
    /// <summary>Roles of an application have changed. Does not throw where the storage cannot be reached: the change is made.</summary>
    Task OnRolesChangedAsync(string applicationId);
}
