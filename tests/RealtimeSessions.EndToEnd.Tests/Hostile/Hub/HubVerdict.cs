using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>Judges the answers to calls that could be read.</summary>
internal static class HubVerdict
{
    /// <returns>The last answer in a word.</returns>
    public static string Of(IEnumerable<JsonElement> answers) => answers.Select(Of).Last();

    private static string Of(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Undefined)
        {
            throw new HostileException("The connection ended over a call that could be read.");
        }

        if (!answer.TryGetProperty("error", out var error))
        {
            return "success";
        }

        var code = HubCallException.Read(error.GetString()!).Code;
        return Codes.IsAllowed(code) ? code : throw new HostileException($"The answer is: {error}");
    }
}
