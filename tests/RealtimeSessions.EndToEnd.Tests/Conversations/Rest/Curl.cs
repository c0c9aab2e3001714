using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>An answer as curl got it.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Location">Its header <c>Location</c>; null: it has none.</param>
/// <param name="Body">Its body; undefined if it has none.</param>
internal sealed record CurlAnswer(int Status, string? Location, JsonElement Body);

/// <summary>Calls with curl, as somebody would who has only read the description.</summary>
internal static class Curl
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="method">The method.</param>
    /// <param name="address">The address.</param>
    /// <param name="token">The token.</param>
    /// <param name="body">What to send, byte for byte; null: nothing.</param>
    public static async Task<CurlAnswer> SendAsync(string method, Uri address, string token, string? body = null)
    {
        var start = new ProcessStartInfo("curl") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--silent", "--show-error", "--include", "--request", method, "--header", $"Authorization: Bearer {token}",
            .. body is null ? [] : new[] { "--header", "Content-Type: application/json", "--data-binary", "@-" }, address.ToString(),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start);
        await process.StandardInput.WriteAsync(body);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"curl ended with {process.ExitCode}: {await errors}");
        return Read(await output);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("curl is missing; install it with: apt-get install curl", exception);
        }
    }

    private static CurlAnswer Read(string output)
    {
        var parts = output.Split("\r\n\r\n", 2);
        var lines = parts[0].Split("\r\n");
        var location = lines.Select(line => line.Split(": ", 2)).FirstOrDefault(header => header[0].Equals("Location", StringComparison.OrdinalIgnoreCase));
        return new CurlAnswer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), location?[1],
            parts[1].Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(parts[1]));
    }
}
