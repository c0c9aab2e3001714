namespace RealtimeSessions.Server.Applications;

/// <summary>Who may create applications, and see how the server does. A setting of its own, in no section.</summary>
internal sealed class ApplicationsOptions
{
    /// <summary>The ids of those users. Default: nobody; in Development <c>alice</c>.</summary>
    public string[] Administrators { get; set; } = [];
}
