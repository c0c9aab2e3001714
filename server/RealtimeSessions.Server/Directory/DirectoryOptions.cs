namespace RealtimeSessions.Server.Directory;

/// <summary>Whether users are entered in a directory.</summary>
internal sealed class DirectoryOptions
{
    /// <summary>Where in the settings this stands: with the conversations, which need a directory.</summary>
    public const string Section = "Conversations";

    /// <summary>
    /// Whether there are conversations, and with them spaces, groups and users. Default true. False: nobody is entered, and callers are in the
    /// groups of their tokens only.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
