using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.JavaScript;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Interop;

/// <summary>How the checks of <c>interop.mjs</c> ended.</summary>
/// <param name="Checks">How many there were.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Methods">The hub's methods that were called with success.</param>
/// <param name="Callbacks">The callbacks that came.</param>
/// <param name="Codes">The codes of errors that came where they had to.</param>
internal sealed record InteropReport(int Checks, InteropFailure[] Failures, string[] Methods, string[] Callbacks, string[] Codes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Runs a part of the checks, and fails with every one that fails.</summary>
    public static async Task<InteropReport> RunAsync(string part, string protocol, IReadOnlyList<ServerProcess> servers)
    {
        var urls = string.Join(',', servers.Select(server => server.Address.GetLeftPart(UriPartial.Authority)));
        var output = await Node.RunAsync(
            Path.Combine(Node.Folder, "interop.mjs"), Node.Folder, Patience, "--part", part, "--urls", urls, "--protocol", protocol);
        var report = JsonSerializer.Deserialize<InteropReport>(output, JsonSerializerOptions.Web)!;
        Assert.True(
            report.Failures.Length == 0,
            $"{report.Failures.Length} of {report.Checks} checks failed:{Environment.NewLine}{string.Join(Environment.NewLine, report.Failures)}");
        return report;
    }
}

/// <summary>A check that failed.</summary>
/// <param name="Check">Its name, with its file and the protocols.</param>
/// <param name="Error">Why.</param>
internal sealed record InteropFailure(string Check, string Error)
{
    public override string ToString() => $"{Check}{Environment.NewLine}  {Error}";
}
