namespace RealtimeSessions.Server.Applications;

/// <summary>Who may create applications. A setting of its own, in no section.</summary>
internal sealed class ApplicationsOptions
{
    /// <summary>The ids of the users who may create applications. Default: nobody; in Development <c>alice</c>.</summary>
    public string[] Administrators { get; set; } = [];
}
