using System.Runtime.CompilerServices;
using RealtimeSessions.Client.Tests.Api;

namespace RealtimeSessions.Client.Tests;

/// <summary>What applications are built against does not change unnoticed.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_IsWhatTheFileSays()
    {
        var path = Path.Combine(Folder(), "PublicApi.txt");
        var actual = PublicApi.Describe(typeof(RealtimeClient).Assembly).ToArray();
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllLines(path, actual);
        }

        var expected = File.Exists(path) ? File.ReadAllLines(path) : [];
        var difference = expected.Except(actual).Select(line => "- " + line).Concat(actual.Except(expected).Select(line => "+ " + line)).ToArray();
        Assert.True(
            difference.Length == 0,
            $"The public API has changed. If that is meant, run this test with UPDATE_PUBLIC_API=1.\n{string.Join('\n', difference)}");
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
