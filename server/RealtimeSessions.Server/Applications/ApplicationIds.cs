using System.Text.RegularExpressions;

namespace RealtimeSessions.Server.Applications;

/// <summary>The form of applications' ids.</summary>
internal static partial class ApplicationIds
{
    /// <summary>Whether a text has the form; nothing else ever becomes part of a name in the storage.</summary>
    public static bool IsWellFormed(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z")]
    private static partial Regex Form();
}
