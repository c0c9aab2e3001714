namespace RealtimeSessions.Server.Directory;

/// <summary>Whether users are entered in a directory. Section <c>Conversations</c>, which need one.</summary>
internal sealed class DirectoryOptions
{
    /// <summary>
    /// Whether there are conversations, and with them spaces, groups and users. Default true. False: nobody is entered, and callers are in the
    /// groups of their tokens only.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The same, before there are options.</summary>
    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue("Conversations:Enabled", defaultValue: true);
}
