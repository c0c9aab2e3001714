using System.Security.Cryptography;

namespace RealtimeSessions.EventLog;

/// <summary>Epochs of logs.</summary>
internal static class LogEpoch
{
    private const int Length = 16;
    private const string Characters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A new random epoch.</summary>
    public static string New() => RandomNumberGenerator.GetString(Characters, Length);
}
