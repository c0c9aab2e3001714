using System.Reflection;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>The codes that bad input may be answered with: all of them, those aside that tell of the server's own trouble.</summary>
internal static class Codes
{
    private static readonly Dictionary<string, ErrorCode> Allowed = typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<ErrorCode>()
        .Where(code => !code.IsRetryable)
        .ToDictionary(code => code.Name);

    public static bool IsAllowed(string code) => Allowed.ContainsKey(code);

    /// <summary>The status that goes with a code; null if it must not come at all.</summary>
    public static int? StatusOf(string code) => Allowed.GetValueOrDefault(code)?.HttpStatus;
}
